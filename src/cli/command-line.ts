import yargs, { type Argv } from 'yargs';
import type { CommandContext, CommandEnd } from './command-context.ts';
import { completionScript } from './completion-scripts.ts';
import { exitStatusText } from './exit-status-text.ts';
import { asksForHelp, leftOutOfHelp, mayAskForHelp } from './help-wanted.ts';
import { analyzeOptions } from './options/analyze-options.ts';
import { checkOptions } from './options/check-options.ts';
import { configOptions } from './options/config-options.ts';
import { deleteOptions } from './options/delete-options.ts';
import { doctorOptions } from './options/doctor-options.ts';
import { extractOptions } from './options/extract-options.ts';
import { fieldsOptions } from './options/fields-options.ts';
import { interfacesOptions } from './options/interfaces-options.ts';
import { measurementsOptions } from './options/measurements-options.ts';
import { liveOptions } from './options/live-options.ts';
import { optionsOf } from './options/options-of.ts';
import { refuseOddValues } from './option-values.ts';
import { captures, instanceOf, wordsOf } from './words.ts';
import { commandPages, programSummary, type CommandPage } from './command-pages.ts';
import { wordsThatFit } from './completion.ts';
import { unknownCommand, usageError } from './unknown-words.ts';

export interface CommandLine {
  readonly argv: readonly string[];
  readonly version: string;
  readonly context: CommandContext;
  /** Called with what the command ended with. */
  readonly onEnd: (end: CommandEnd) => void;
}

/** The parser of the command line. A command's own code is loaded when it is called. */
export function commandLine({ argv, version, context, onEnd }: CommandLine): Argv {
  const isHelpWanted = mayAskForHelp(argv);
  const shown: typeof leftOutOfHelp = isHelpWanted ? (options) => options : leftOutOfHelp;
  const explained = isHelpWanted ? withItsPage : (command: Argv) => command;
  const valuesFor = (command: string) => (asksForHelp(argv) ? {} : context.configuration.valuesFor(command));
  return yargs([...argv])
    .scriptName('rttshark')
    .usage(`$0 <command>\n\n${programSummary}`)
    .detectLocale(false)
    .locale('en')
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-dashed': false,
    })
    .command(
      'analyze',
      commandPages.analyze.summary,
      (command) => explained(command, 'analyze').options(shown(analyzeOptions)).config(valuesFor('analyze')),
      async (flags) => {
        const { analyzeCommand } = await import('./commands/analyze.ts');
        onEnd(
          await analyzeCommand(
            { ...flags, captures: captures(flags), instance: instanceOf(flags.instance) },
            context,
          ),
        );
      },
    )
    .command(
      'live',
      commandPages.live.summary,
      (command) => explained(command, 'live').options(shown(liveOptions)).config(valuesFor('live')),
      async (flags) => {
        wordsOf(flags, 0);
        const { liveCommand } = await import('./commands/live.ts');
        onEnd(await liveCommand({ ...flags, instance: instanceOf(flags.instance) }, context));
      },
    )
    .command(
      'extract',
      commandPages.extract.summary,
      (command) => explained(command, 'extract').options(shown(extractOptions)).config(valuesFor('extract')),
      async (flags) => {
        const { extractCommand } = await import('./commands/extract.ts');
        onEnd(await extractCommand({ ...flags, captures: captures(flags) }, context));
      },
    )
    .command(
      'check',
      commandPages.check.summary,
      (command) => explained(command, 'check').options(shown(checkOptions)).config(valuesFor('check')),
      async (flags) => {
        const { checkCommand } = await import('./commands/check.ts');
        onEnd(await checkCommand({ ...flags, captures: captures(flags) }, context));
      },
    )
    .command(
      'delete',
      commandPages.delete.summary,
      (command) => explained(command, 'delete').options(shown(deleteOptions)).config(valuesFor('delete')),
      async (flags) => {
        wordsOf(flags, 0);
        const { deleteCommand } = await import('./commands/delete.ts');
        onEnd(await deleteCommand({ ...flags, instance: instanceOf(flags.instance) }, context));
      },
    )
    .command(
      'interfaces',
      commandPages.interfaces.summary,
      (command) =>
        explained(command, 'interfaces').options(shown(interfacesOptions)).config(valuesFor('interfaces')),
      async (flags) => {
        wordsOf(flags, 0);
        const { interfacesCommand } = await import('./commands/interfaces.ts');
        onEnd(await interfacesCommand(flags, context));
      },
    )
    .command(
      'fields',
      commandPages.fields.summary,
      (command) => explained(command, 'fields').options(shown(fieldsOptions)).config(valuesFor('fields')),
      async (flags) => {
        const { fieldsCommand } = await import('./commands/fields.ts');
        onEnd(await fieldsCommand({ ...flags, pattern: wordsOf(flags, Infinity).join(' ') }, context));
      },
    )
    .command(
      'measurements',
      commandPages.measurements.summary,
      (command) =>
        explained(command, 'measurements')
          .options(shown(measurementsOptions))
          .config(valuesFor('measurements')),
      async (flags) => {
        wordsOf(flags, 0);
        const { measurementsCommand } = await import('./commands/measurements.ts');
        onEnd(await measurementsCommand(flags, context));
      },
    )
    .command(
      'doctor',
      commandPages.doctor.summary,
      (command) => explained(command, 'doctor').options(shown(doctorOptions)).config(valuesFor('doctor')),
      async (flags) => {
        wordsOf(flags, 0);
        const { doctorCommand } = await import('./commands/doctor.ts');
        onEnd(await doctorCommand(flags, context));
      },
    )
    .command(
      'config',
      commandPages.config.summary,
      (command) => explained(command, 'config').options(shown(configOptions)),
      async (flags) => {
        const { configCommand } = await import('./commands/config.ts');
        onEnd(await configCommand({ words: wordsOf(flags, Infinity), format: flags.format }, context));
      },
    )
    .command(
      'completion',
      commandPages.completion.summary,
      (command) => explained(command, 'completion'),
      async (flags) => {
        const [shell = ''] = wordsOf(flags, 1);
        await context.console.result(completionScript(shell));
        onEnd([]);
      },
    )
    .completion('complete', false, wordsThatFit)
    .command(
      '$0',
      false,
      (command) => command,
      ({ _: [word] }) => {
        throw unknownCommand(word?.toString(), Object.keys(optionsOf));
      },
    )
    .strictOptions()
    .alias('help', 'h')
    .version(version)
    .wrap(isHelpWanted ? Math.min(process.stdout.columns || 100, 120) : null)
    .epilogue(exitStatusText)
    .check((flags) => {
      const options = optionsOf[String(flags._[0] ?? '')] ?? {};
      refuseOddValues({ flags, argv, options });
      context.configuration.overriddenBy(flags);
      return true;
    }, true)
    .fail((message, error) => {
      // yargs gives an error of its own kind for some kinds of wrong usage, and none for the others.
      if ((error as Error | undefined) !== undefined && error.name !== 'YError') throw error;
      const command =
        Object.keys(optionsOf).find((name) => name === argv.find((word) => !word.startsWith('-'))) ?? '';
      const options = command === '' ? Object.values(optionsOf) : [optionsOf[command] ?? {}];
      throw usageError(message, { command, options: ['help', ...options.flatMap(Object.keys)] });
    })
    .exitProcess(false);
}

/** Gives the help of a command what its page says. */
function withItsPage(command: Argv, name: keyof typeof commandPages): Argv {
  const { usage, about, examples }: CommandPage = commandPages[name];
  if (usage !== undefined)
    command.usage([usage.map((line) => `$0 ${line}`).join('\n'), about ?? []].flat().join('\n\n'));
  command.epilogue(exitStatusText);
  for (const [line, meaning] of examples) command.example(line, meaning);
  return command;
}
