import { completionShells } from './completion-scripts.ts';

/** What is said of a command beside its options: in `--help`, in the command reference and in the man page. */
export interface CommandPage {
  /** One line. */
  readonly summary: string;
  /** What stands behind the program's name; its own name alone where nothing is said. */
  readonly usage?: readonly string[];
  readonly about?: string;
  /** Commands, `$0` for the program's name, and what each does. */
  readonly examples: readonly (readonly [command: string, meaning: string])[];
}

export const programSummary = 'How long the hosts on a wire take to answer.';

const capturesText = `CAPTURE is a file that tshark reads: pcap, pcapng and others, also compressed with gzip, zstd or lz4; \
"-" is standard input. A name that begins with a dash is written behind --, or as ./-name.`;

/** Every command, in the order in which help lists them. */
export const commandPages = {
  analyze: {
    summary: 'Round-trip times of capture files, per pair of hosts',
    usage: ['analyze CAPTURE...'],
    about: capturesText,
    examples: [
      ['$0 analyze capture.pcap', 'A table of all pairs of hosts'],
      ['$0 analyze *.pcapng --format prometheus > rtt.prom', 'Several captures as one Prometheus histogram'],
    ],
  },
  live: {
    summary: 'The same live: report, push and serve what interfaces carry',
    usage: ['live -i INTERFACE'],
    about: `INTERFACE is a name or number that "rttshark interfaces" lists, "any", the path of a FIFO, or "-" for standard \
input. Ctrl-C ends the capture with a last report.`,
    examples: [
      ['$0 live -i eth0', 'Report every 15 seconds until Ctrl-C'],
      ['$0 live -i eth0 --push http://gateway:9091 --listen', 'Push at each report, and serve /metrics'],
      ['tcpdump -U -w - | $0 live -i -', 'What another program captures'],
    ],
  },
  extract: {
    summary: 'Fields of packets as CSV, JSON lines, Arrow or Parquet',
    usage: ['extract CAPTURE... -e FIELD...'],
    about: `${capturesText} FIELD is a field that "rttshark fields" lists.`,
    examples: [
      ['$0 extract capture.pcap -e ip.src -e tcp.len', 'The first rows on a terminal, CSV elsewhere'],
      ['$0 extract *.pcapng -e ip.src -e "tcp.*" -o tcp.parquet', 'All fields of TCP for pandas or DuckDB'],
    ],
  },
  check: {
    summary: 'Hold captures against budgets and a baseline, for CI',
    usage: ['check CAPTURE...'],
    about: capturesText,
    examples: [
      ['$0 check capture.pcap --max p95=50ms --min count=100', 'Fail where a pair of hosts got slow'],
      ['$0 check capture.pcap --baseline rtt.json --tolerance 20%', 'Compare with an earlier result'],
    ],
  },
  delete: {
    summary: 'Remove a group from a Pushgateway',
    examples: [
      ['$0 delete --push http://gateway:9091', "Remove this host's group of the job rttshark"],
      ['$0 delete --push gateway:9091 --job probes --no-instance', 'Remove the group of a job alone'],
    ],
  },
  interfaces: {
    summary: 'What can be captured on',
    examples: [
      ['$0 interfaces', 'A line for each interface'],
      ['$0 interfaces --format json', 'The same for other programs'],
    ],
  },
  fields: {
    summary: 'Search the fields of tshark, and what columns they become',
    usage: ['fields [PATTERN]'],
    about: `PATTERN is words that a name or description holds, or a form of names with "*" for any characters. Without it all \
fields are listed.`,
    examples: [
      ['$0 fields round trip', 'Fields that have something to do with it, the best first'],
      ["$0 fields 'tcp.analysis.*'", 'The fields whose names are of that form'],
      ["$0 fields --regex '^dns\\.(qry|resp)\\.name$'", 'What a regular expression finds'],
    ],
  },
  measurements: {
    summary: 'What can be measured, by which of the fields of tshark',
    examples: [
      ['$0 measurements', 'A line for each name that --measure takes'],
      ['$0 analyze capture.pcap --measure tcp,dns,http', 'Measure three things in one reading'],
    ],
  },
  doctor: {
    summary: 'What is installed, what is missing, and how to mend it',
    examples: [
      ['$0 doctor', 'Look at this machine'],
      ['$0 doctor --push https://gateway:9091', 'Also ask a gateway whether it is ready'],
    ],
  },
  config: {
    summary: 'Check the configuration file, and show what is set where',
    usage: ['config check [FILE]', 'config show [COMMAND [-- OPTIONS]]'],
    about: `FILE is by default the one that is used: that of --config or RTTSHARK_CONFIG, else rttshark.yaml in \
the working folder, else in the user's configuration folder.`,
    examples: [
      ['$0 config check', 'List all that is wrong in the file'],
      ['$0 config show live -- --interval 5s', 'What "rttshark live --interval 5s" would run with'],
    ],
  },
  completion: {
    summary: 'Print the completion script of a shell',
    usage: [`completion ${completionShells.join('|')}`],
    examples: [
      ['eval "$($0 completion bash)"', 'Complete in this shell'],
      ['$0 completion fish | source', 'The same in fish'],
    ],
  },
} as const satisfies Record<string, CommandPage>;
