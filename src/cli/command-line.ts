import yargs, { type Argv } from 'yargs';
import type { CommandContext, CommandEnd } from './command-context.ts';
import { completionScript, completionShells } from './completion-scripts.ts';
import { exitStatusText } from './exit-status-text.ts';
import { asksForHelp, leftOutOfHelp, mayAskForHelp } from './help-wanted.ts';
import { analyzeOptions } from './options/analyze-options.ts';
import { checkOptions } from './options/check-options.ts';
import { configOptions } from './options/config-options.ts';
import { deleteOptions } from './options/delete-options.ts';
import { doctorOptions } from './options/doctor-options.ts';
import { interfacesOptions } from './options/interfaces-options.ts';
import { measurementsOptions } from './options/measurements-options.ts';
import { liveOptions } from './options/live-options.ts';
import { optionsOf } from './options/options-of.ts';
import { refuseOddValues } from './option-values.ts';
import { captures, instanceOf, wordsOf } from './words.ts';
import { wordsThatFit } from './completion.ts';
import { unknownCommand, usageError } from './unknown-words.ts';

export interface CommandLine {
  readonly argv: readonly string[];
  readonly version: string;
  readonly context: CommandContext;
  /** Called with what the command ended with. */
  readonly onEnd: (end: CommandEnd) => void;
}

const capturesText = `CAPTURE is a file that tshark reads: pcap, pcapng and others, also compressed with gzip, zstd or lz4; \
"-" is standard input. A name that begins with a dash is written behind --, or as ./-name.`;

const liveText = `INTERFACE is a name or number that "rttshark interfaces" lists, "any", the path of a FIFO, or "-" for standard \
input. Ctrl-C ends the capture with a last report.`;

const configText = `FILE is by default the one that is used: that of --config or RTTSHARK_CONFIG, else rttshark.yaml in \
the working folder, else in the user's configuration folder.`;

/** The parser of the command line. A command's own code is loaded when it is called. */
export function commandLine({ argv, version, context, onEnd }: CommandLine): Argv {
  const shown: typeof leftOutOfHelp = mayAskForHelp(argv) ? (options) => options : leftOutOfHelp;
  const valuesFor = (command: string) => (asksForHelp(argv) ? {} : context.configuration.valuesFor(command));
  return yargs([...argv])
    .scriptName('rttshark')
    .usage('$0 <command>\n\nHow long the hosts on a wire take to answer.')
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
      'Round-trip times of capture files, per pair of hosts',
      (command) =>
        command
          .usage(`$0 analyze CAPTURE...\n\n${capturesText}`)
          .options(shown(analyzeOptions))
          .config(valuesFor('analyze'))
          .epilogue(exitStatusText)
          .example('$0 analyze capture.pcap', 'A table of all pairs of hosts')
          .example(
            '$0 analyze *.pcapng --format prometheus > rtt.prom',
            'Several captures as one Prometheus histogram',
          ),
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
      'The same live: report, push and serve what interfaces carry',
      (command) =>
        command
          .usage(`$0 live -i INTERFACE\n\n${liveText}`)
          .options(shown(liveOptions))
          .config(valuesFor('live'))
          .epilogue(exitStatusText)
          .example('$0 live -i eth0', 'Report every 15 seconds until Ctrl-C')
          .example(
            '$0 live -i eth0 --push http://gateway:9091 --listen',
            'Push at each report, and serve /metrics',
          )
          .example('tcpdump -U -w - | $0 live -i -', 'What another program captures'),
      async (flags) => {
        wordsOf(flags, 0);
        const { liveCommand } = await import('./commands/live.ts');
        onEnd(await liveCommand({ ...flags, instance: instanceOf(flags.instance) }, context));
      },
    )
    .command(
      'check',
      'Hold captures against budgets and a baseline, for CI',
      (command) =>
        command
          .usage(`$0 check CAPTURE...\n\n${capturesText}`)
          .options(shown(checkOptions))
          .config(valuesFor('check'))
          .epilogue(exitStatusText)
          .example(
            '$0 check capture.pcap --max p95=50ms --min count=100',
            'Fail where a pair of hosts got slow',
          )
          .example(
            '$0 check capture.pcap --baseline rtt.json --tolerance 20%',
            'Compare with an earlier result',
          ),
      async (flags) => {
        const { checkCommand } = await import('./commands/check.ts');
        onEnd(await checkCommand({ ...flags, captures: captures(flags) }, context));
      },
    )
    .command(
      'delete',
      'Remove a group from a Pushgateway',
      (command) =>
        command
          .options(shown(deleteOptions))
          .config(valuesFor('delete'))
          .epilogue(exitStatusText)
          .example('$0 delete --push http://gateway:9091', "Remove this host's group of the job rttshark")
          .example(
            '$0 delete --push gateway:9091 --job probes --no-instance',
            'Remove the group of a job alone',
          ),
      async (flags) => {
        wordsOf(flags, 0);
        const { deleteCommand } = await import('./commands/delete.ts');
        onEnd(await deleteCommand({ ...flags, instance: instanceOf(flags.instance) }, context));
      },
    )
    .command(
      'interfaces',
      'What can be captured on',
      (command) =>
        command
          .options(shown(interfacesOptions))
          .config(valuesFor('interfaces'))
          .epilogue(exitStatusText)
          .example('$0 interfaces', 'A line for each interface')
          .example('$0 interfaces --format json', 'The same for other programs'),
      async (flags) => {
        wordsOf(flags, 0);
        const { interfacesCommand } = await import('./commands/interfaces.ts');
        onEnd(await interfacesCommand(flags, context));
      },
    )
    .command(
      'measurements',
      'What can be measured, by which of the fields of tshark',
      (command) =>
        command
          .options(shown(measurementsOptions))
          .config(valuesFor('measurements'))
          .epilogue(exitStatusText)
          .example('$0 measurements', 'A line for each name that --measure takes')
          .example('$0 analyze capture.pcap --measure tcp,dns,http', 'Measure three things in one reading'),
      async (flags) => {
        wordsOf(flags, 0);
        const { measurementsCommand } = await import('./commands/measurements.ts');
        onEnd(await measurementsCommand(flags, context));
      },
    )
    .command(
      'doctor',
      'What is installed, what is missing, and how to mend it',
      (command) =>
        command
          .options(shown(doctorOptions))
          .config(valuesFor('doctor'))
          .epilogue(exitStatusText)
          .example('$0 doctor', 'Look at this machine')
          .example('$0 doctor --push https://gateway:9091', 'Also ask a gateway whether it is ready'),
      async (flags) => {
        wordsOf(flags, 0);
        const { doctorCommand } = await import('./commands/doctor.ts');
        onEnd(await doctorCommand(flags, context));
      },
    )
    .command(
      'config',
      'Check the configuration file, and show what is set where',
      (command) =>
        command
          .usage(`$0 config check [FILE]\n$0 config show [COMMAND [-- OPTIONS]]\n\n${configText}`)
          .options(shown(configOptions))
          .epilogue(exitStatusText)
          .example('$0 config check', 'List all that is wrong in the file')
          .example(
            '$0 config show live -- --interval 5s',
            'What "rttshark live --interval 5s" would run with',
          ),
      async (flags) => {
        const { configCommand } = await import('./commands/config.ts');
        onEnd(await configCommand({ words: wordsOf(flags, Infinity), format: flags.format }, context));
      },
    )
    .command(
      'completion',
      'Print the completion script of a shell',
      (command) =>
        command
          .usage(`$0 completion ${completionShells.join('|')}`)
          .epilogue(exitStatusText)
          .example('eval "$($0 completion bash)"', 'Complete in this shell')
          .example('$0 completion fish | source', 'The same in fish'),
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
    .wrap(Math.min(process.stdout.columns || 100, 120))
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
