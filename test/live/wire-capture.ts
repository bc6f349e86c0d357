import { expect } from 'chai';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { until } from '../support/deadline.ts';
import { descendants, processInfo, type ProcessInfo } from '../support/processes.ts';
import {
  program,
  type CommandOptions,
  type CommandResult,
  type RunningCommand,
} from '../support/run-command.ts';
import type { WiredHost } from '../support/namespaces.ts';

/** A line of standard output with `--format json`. */
export interface LiveDocument extends AnalysisDocument {
  readonly interval?: { readonly start: number; readonly end: number };
}

/** A line of standard error with `--log-format json`. */
export type LogRecord = Readonly<Record<string, string | number | boolean | null>> & {
  readonly level: string;
  readonly event: string;
  readonly message: string;
};

/** Where `--listen` without a value serves metrics. */
const metricsUrl = 'http://127.0.0.1:9464/metrics';

/** A `rttshark live` that is running, with its output as it comes. */
export class WireCapture {
  readonly running: RunningCommand;
  readonly #host: WiredHost;
  readonly #documents: LiveDocument[] = [];
  #unread = '';
  #stderr = '';

  constructor(host: WiredHost, running: RunningCommand) {
    this.#host = host;
    this.running = running;
    running.child.stdout?.on('data', (text: Buffer) => {
      const lines = `${this.#unread}${text.toString('utf8')}`.split('\n');
      this.#unread = lines.pop() ?? '';
      this.#documents.push(...lines.map((line) => JSON.parse(line) as LiveDocument));
    });
    running.child.stderr?.on('data', (text: Buffer) => (this.#stderr += text.toString('utf8')));
  }

  get pid(): number {
    return this.running.child.pid!;
  }

  get ended(): Promise<CommandResult> {
    return this.running.ended;
  }

  /** What was reported so far, the whole capture's document last. */
  documents(): readonly LiveDocument[] {
    return this.#documents;
  }

  log(): LogRecord[] {
    const lines = this.#stderr.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as LogRecord);
  }

  events(event: string): LogRecord[] {
    return this.log().filter((record) => record.event === event);
  }

  /** Waits until packets are captured. */
  async began(): Promise<void> {
    await until('the capture began', () => {
      expect(this.running.child.exitCode, this.#stderr).to.equal(null);
      return this.events('capture_began').length > 0 ? true : undefined;
    });
  }

  /** Samples in the intervals that were reported so far: of one group, or of all. */
  samples(labels?: Readonly<Record<string, string>>): number {
    const figures = this.documents()
      .filter(({ interval }) => interval !== undefined)
      .flatMap(({ measurements }) => measurements)
      .flatMap(({ groups, total }) =>
        labels === undefined ? [total] : groups.filter((group) => sameLabels(group.labels, labels)),
      );
    return figures.reduce((sum, { count }) => sum + count, 0);
  }

  /** Waits for samples in an interval that is still to begin. */
  async moreSamples(): Promise<void> {
    const now = Date.now() / 1000;
    await until(`more samples came: ${this.#stderr}`, () => {
      const last = this.#documents.at(-1);
      const isLater = last?.interval !== undefined && last.interval.start > now;
      return isLater && (last.measurements[0]?.total.count ?? 0) > 0 ? true : undefined;
    });
  }

  /** Waits until so many events of a kind have been logged. */
  async logged(event: string, count = 1): Promise<void> {
    await until(`"${event}" was logged ${count} times: ${this.#stderr}`, () =>
      this.events(event).length >= count ? true : undefined,
    );
  }

  /** What it says of itself with `--listen`: the sum of all series whose line begins so. */
  async metric(start: string): Promise<number> {
    const { status, stdout, stderr } = await this.#host.run('curl', ['-sS', '--noproxy', '*', metricsUrl]);
    expect(status, stderr).to.equal(0);
    return stdout
      .split('\n')
      .filter((line) => line.startsWith(start))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  /** The processes of a program that it has started, and that have not ended. */
  children(name: string): ProcessInfo[] {
    return descendants(this.pid).filter(
      ({ commandLine, state }) => state !== 'Z' && commandLine.split('\0')[0]?.endsWith(`/${name}`) === true,
    );
  }

  /** Ended children that nobody has asked about. */
  zombies(): ProcessInfo[] {
    return descendants(this.pid).filter(({ state }) => state === 'Z');
  }

  /**
   * Ends it by a signal and expects status 0.
   *
   * @returns the document of the whole capture
   */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<LiveDocument> {
    this.running.child.kill(signal);
    const { status, stderr } = await this.ended;
    expect(status, stderr).to.equal(0);
    return this.whole();
  }

  /** The last document, without an interval. */
  whole(): LiveDocument {
    const last = this.documents().at(-1);
    expect(last, this.#stderr).not.to.equal(undefined);
    expect(last).not.to.have.property('interval');
    return last!;
  }
}

/** Starts `rttshark live` on a host's wire, with documents and a log that can be read. */
export function startLive(
  host: WiredHost,
  args: readonly string[] = [],
  options: CommandOptions = {},
): WireCapture {
  return startLiveAs(host, [process.execPath, program], ['-i', 'wire0', ...args], options);
}

/** The same, where something else than Node runs the program, and of any source. */
export function startLiveAs(
  host: WiredHost,
  [file, ...first]: readonly [file: string, ...args: string[]],
  args: readonly string[],
  options: CommandOptions = {},
): WireCapture {
  const words = [...first, 'live', '--format', 'json', '--log-format', 'json', ...args];
  return new WireCapture(host, host.start(file, words, options));
}

function sameLabels(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.keys(a).every((name) => a[name] === b[name]);
}

/** What runs of rttshark and its programs on a host: their names. */
export function capturing(host: WiredHost): string[] {
  const words = host.pids().map((pid) => processInfo(pid)?.commandLine.split('\0') ?? []);
  return words
    .flatMap(([file = '', first = '']) => [file, first].map((word) => word.slice(word.lastIndexOf('/') + 1)))
    .filter((name) => ['tshark', 'dumpcap', 'rttshark.js', 'sh'].includes(name));
}
