import { variableOf } from '../../src/config/variables.ts';
import type { CommandEntry, OptionEntry } from './command-entries.ts';

/** The command reference, as Markdown. */
export function commandMarkdown(commands: readonly CommandEntry[]): string {
  return `${[
    '# Command reference',
    `Every command with every option, as \`--help\` has them. This page is written by \`npm run reference\`; [the command
line](cli.md) explains what the options do together.`,
    commands.map(({ name, summary }) => `- [rttshark ${name}](#rttshark-${name}): ${summary}`).join('\n'),
    `Every command also has \`--help\` (\`-h\`) and \`--version\`. An option that has a variable can be set by it, and by its name in
[rttshark.yaml](configuration.md); what the command line says wins.`,
    ...commands.map(section),
  ].join('\n\n')}\n`;
}

function section(command: CommandEntry): string {
  const { name, summary, usage, about, groups, examples } = command;
  return [
    `## rttshark ${name}`,
    `${summary}.`,
    usage.map((line) => `    ${line}`).join('\n'),
    ...(about === undefined ? [] : [about]),
    ...groups.flatMap(({ title, options }) => [
      `### ${name}: ${title.toLowerCase()}`,
      [
        '| option | default | meaning | variable |',
        '| --- | --- | --- | --- |',
        ...options.map((option) => row(command, option)),
      ].join('\n'),
    ]),
    ...(examples.length === 0
      ? []
      : [`### ${name}: examples`, examples.map(([line, meaning]) => `- ${meaning}: \`${line}\``).join('\n')]),
  ].join('\n\n');
}

function row(
  { name }: CommandEntry,
  { names, value, isRepeatable, defaultText, meaning }: OptionEntry,
): string {
  const shown = names.map((each) => `\`${each}\``).join(', ');
  const behind = value === '' ? '' : ` \`${value}\`${isRepeatable ? '...' : ''}`;
  const long = (names.at(-1) ?? '').replace(/^--/, '');
  const variable = name === 'config' || long === 'config' ? '' : `\`${variableOf(long)}\``;
  const cells = [shown + behind, defaultText === undefined ? '' : `\`${defaultText}\``, meaning, variable];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
