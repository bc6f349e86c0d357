import yargs, { type Argv, type FallbackCompletionFunction, type Options } from 'yargs';
import { RttsharkError } from '../errors.ts';
import type { CommandContext, CommandEnd } from './command-context.ts';
import { completionScript, completionShells } from './completion-scripts.ts';
import { exitStatusText } from './exit-status-text.ts';
import { gatewayOptions, pushOptions } from './options/gateway-options.ts';
import { refuseOddValues } from './option-values.ts';
import { metricOptions } from './options/metric-options.ts';
import { readOptions } from './options/read-options.ts';
import { sampleOptions } from './options/sample-options.ts';
import { unknownCommand, usageError } from './unknown-words.ts';

export interface CommandLine {
  readonly argv: readonly string[];
  readonly version: string;
  readonly context: CommandContext;
  /** Called with what the command ended with. */
  readonly onEnd: (end: CommandEnd) => void;
}

const outputOptions = {
  'dry-run': { type: 'boolean', default: false, describe: 'Print the commands that would run, and run none' },
} as const satisfies Record<string, Options>;

const analyzeOptions = {
  format: {
    choices: ['table', 'json', 'jsonl', 'csv', 'prometheus'],
    requiresArg: true,
    default: 'table',
    group: 'Output:',
    describe: 'Form of the results on standard output',
  },
  top: { type: 'string', requiresArg: true, group: 'Output:', describe: 'Show so many groups in the table' },
  'require-samples': {
    type: 'boolean',
    default: false,
    group: 'Output:',
    describe: 'Exit with 31 where there is no sample',
  },
  ...outputOptions,
  ...sampleOptions,
  ...readOptions,
  ...metricOptions,
  ...pushOptions,
} as const satisfies Record<string, Options>;

const checkOptions = {
  max: {
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Checks:',
    describe: 'A statistic that no group may exceed: p95=50ms; repeatable',
  },
  min: {
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Checks:',
    describe: 'A statistic that every group must reach: count=100; repeatable',
  },
  for: {
    type: 'string',
    array: true,
    nargs: 1,
    group: 'Checks:',
    describe: 'Only groups whose label matches: src=10.0.0.0/8, dst=2001:db8::1; repeatable, all must match',
  },
  baseline: {
    type: 'string',
    requiresArg: true,
    group: 'Checks:',
    describe: 'Compare with the statistics in this file',
  },
  tolerance: {
    type: 'string',
    requiresArg: true,
    default: '10%',
    group: 'Checks:',
    describe: 'How much worse than the baseline is still good',
  },
  update: {
    type: 'boolean',
    default: false,
    group: 'Checks:',
    describe: 'Write the baseline instead of comparing',
  },
  format: {
    choices: ['table', 'json'],
    requiresArg: true,
    default: 'table',
    group: 'Output:',
    describe: 'Form of the results',
  },
  junit: {
    type: 'string',
    requiresArg: true,
    group: 'Output:',
    describe: 'Also write the checks to this file, as JUnit XML',
  },
  ...outputOptions,
  ...sampleOptions,
  ...readOptions,
} as const satisfies Record<string, Options>;

const deleteOptions = {
  push: { ...pushOptions.push, demandOption: true, describe: 'The gateway: http://host:9091' },
  ...gatewayOptions,
} as const satisfies Record<string, Options>;

const doctorOptions = {
  format: {
    choices: ['table', 'json'],
    requiresArg: true,
    default: 'table',
    describe: 'Form of the results',
  },
  tshark: readOptions.tshark,
  push: { ...pushOptions.push, describe: 'A gateway to ask whether it is ready: http://host:9091' },
  ...gatewayOptions,
} as const satisfies Record<string, Options>;

const capturesText = `CAPTURE is a file that tshark reads: pcap, pcapng and others, also compressed with gzip, zstd or lz4; \
"-" is standard input. A name that begins with a dash is written behind --, or as ./-name.`;

/** The options of each command, for "did you mean". */
const optionsOf: Readonly<Record<string, Readonly<Record<string, Options>>>> = {
  analyze: analyzeOptions,
  check: checkOptions,
  delete: deleteOptions,
  doctor: doctorOptions,
  completion: {},
};

/** The parser of the command line. A command's own code is loaded when it is called. */
export function commandLine({ argv, version, context, onEnd }: CommandLine): Argv {
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
          .options(analyzeOptions)
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
      'check',
      'Hold captures against budgets and a baseline, for CI',
      (command) =>
        command
          .usage(`$0 check CAPTURE...\n\n${capturesText}`)
          .options(checkOptions)
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
          .options(deleteOptions)
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
      'doctor',
      'What is installed, what is missing, and how to mend it',
      (command) =>
        command
          .options(doctorOptions)
          .epilogue(exitStatusText)
          .example('$0 doctor', 'Look at this machine')
          .example('$0 doctor --push https://gateway:9091', 'Also ask a gateway whether it is ready'),
      async (flags) => {
        wordsOf(flags, 0);
        const { doctorCommand } = await import('./commands/doctor.ts');
        onEnd(await doctorCommand({ ...flags, instance: instanceOf(flags.instance) }, context));
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
    .completion('complete', false, withoutLongLetters)
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

/** The words behind the command that are no options; yargs would lose `-` and words behind `--` as positionals. */
function wordsOf(
  { _: [command, ...words] }: { readonly _: readonly (string | number)[] },
  most: number,
): string[] {
  const extra = words[most];
  if (extra !== undefined) {
    throw new RttsharkError('usage', `"${extra}" is one word too many.`, {
      hint: `See "rttshark ${command ?? ''} --help".`,
    });
  }
  return words.map(String);
}

function captures(flags: { readonly _: readonly (string | number)[] }): string[] {
  return wordsOf(flags, Infinity);
}

/** yargs offers one-letter options with two dashes. */
const withoutLongLetters: FallbackCompletionFunction = (_current, _flags, standard, done) => {
  standard((error, words) => {
    if (error === null) done((words ?? []).filter((word) => !/^--.$/.test(word)));
  });
};

/** `--no-instance` is a boolean to yargs, whatever the option's type. */
function instanceOf(value: unknown): string | false | undefined {
  if (value === false) return false;
  return typeof value === 'string' ? value : undefined;
}
