import type { CommandEntry, OptionEntry } from './command-entries.ts';

export interface ManPageParts {
  readonly version: string;
  readonly summary: string;
  readonly commands: readonly CommandEntry[];
  readonly exitStatuses: readonly (readonly [status: string, meaning: string])[];
}

/** rttshark(1), in the man macros of roff. */
export function manPage({ version, summary, commands, exitStatuses }: ManPageParts): string {
  return [
    `.TH RTTSHARK 1 "" "rttshark ${version}" "User Commands"`,
    '.SH NAME',
    `rttshark \\- ${lowered(plain(summary)).replace(/\.$/, '')}`,
    '.SH SYNOPSIS',
    ...commands.flatMap(({ usage }) => usage).flatMap((line) => [`\\fB${plain(line)}\\fR`, '.br']),
    '.SH DESCRIPTION',
    `rttshark drives tshark (Wireshark's command line) on capture files and live interfaces, computes round\\-trip times
for each pair of hosts, and hands them to Prometheus as histograms. Results go to standard output; messages, warnings and
progress go to standard error.`,
    '.P',
    `Options can also be set in rttshark.yaml and by variables: \\-\\-push\\-timeout is RTTSHARK_PUSH_TIMEOUT. What the command line
says wins over a variable, and that over the file.`,
    '.SH COMMANDS',
    ...commands.flatMap(command),
    '.SH "EXIT STATUS"',
    ...exitStatuses.flatMap(([status, meaning]) => ['.TP', `.B ${status}`, textLine(meaning)]),
    '.SH ENVIRONMENT',
    ...variables.flatMap(([name, meaning]) => ['.TP', `.B ${name}`, textLine(meaning)]),
    '.SH FILES',
    ...files.flatMap(([name, meaning]) => ['.TP', `.I ${plain(name)}`, textLine(meaning)]),
    '.SH "SEE ALSO"',
    '.BR tshark (1),',
    '.BR dumpcap (1),',
    '.BR wireshark\\-filter (4)',
    '',
  ].join('\n');
}

const variables = [
  ['RTTSHARK_TSHARK', 'The path of tshark; else PATH, and where installers put it.'],
  ['RTTSHARK_CONFIG', 'The configuration file that is used where --config is not given.'],
  ['RTTSHARK_OPTION', 'The option of that name, in capitals, with _ for -.'],
  ['NO_COLOR', 'No colours where it is set to anything.'],
] as const;

const files = [
  ['rttshark.yaml', 'Options, and measurements of your own, in the working folder.'],
  ['~/.config/rttshark/rttshark.yaml', 'The same for all folders without one.'],
  ['~/.cache/rttshark/', 'What is kept of the installed tshark: its version, fields and profile.'],
] as const;

function command({ name, summary, about, groups, examples }: CommandEntry): string[] {
  return [
    `.SS "rttshark ${name}"`,
    `${textLine(summary)}.`,
    ...(about === undefined ? [] : ['.P', textLine(about)]),
    ...groups.flatMap(({ title, options }) => ['.P', `.B ${plain(title)}`, ...options.flatMap(option)]),
    ...examples.flatMap(([line, meaning], at) => [
      ...(at === 0 ? ['.P', '.B Examples'] : []),
      '.TP',
      textLine(line),
      textLine(meaning),
    ]),
  ];
}

function option({ names, value, isRepeatable, defaultText, meaning }: OptionEntry): string[] {
  const shown = names.map((name) => `\\fB${plain(name)}\\fR`).join(', ');
  const behind = value === '' ? '' : ` \\fI${plain(value)}\\fR${isRepeatable ? '...' : ''}`;
  const ending = defaultText === undefined ? '' : ` Default: ${defaultText}.`;
  return ['.TP', shown + behind, textLine(`${meaning}.${ending}`)];
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Text that begins a line: what would be a request there is kept from being one. */
function textLine(text: string): string {
  return plain(text).replace(/^(?=[.'])/, '\\&');
}

function plain(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('~', '\\(ti')
    .replaceAll('^', '\\(ha')
    .replaceAll('`', '\\(ga')
    .replaceAll("'", '\\(aq')
    .replace(/\s+/g, ' ');
}
