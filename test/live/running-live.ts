import type { ChildProcess } from 'node:child_process';
import { expect } from 'chai';
import { until } from '../support/deadline.ts';
import { program, startCommand, type CommandOptions, type CommandResult } from '../support/run-command.ts';

/** One line of the log. */
export interface LogLine {
  readonly time: string;
  readonly level: string;
  readonly event: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** A `rttshark live` at work. */
export interface LiveCapture {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandResult>;
  /** What was logged by now, of one kind where one is named. */
  log(event?: string): LogLine[];
  /** Waits for the first event of a kind that was logged after so many of them. */
  logged(event: string, after?: number): Promise<LogLine>;
  /** What stands on standard output by now. */
  output(): string;
  /** Ends it as Ctrl-C does; expects status 0. */
  end(): Promise<CommandResult>;
}

export interface LiveCaptureOptions extends CommandOptions {
  /** What runs in place of Node with the program, to be followed by the arguments. */
  readonly command?: readonly [file: string, ...args: string[]];
}

const started = new Set<LiveCapture>();

/** Starts `rttshark live` with a log of JSON lines. Whatever still runs after a test is ended. */
export function startLive(args: readonly string[], options: LiveCaptureOptions = {}): LiveCapture {
  const { command = [process.execPath, program], ...others } = options;
  const [file, ...first] = command;
  const words = [...first, 'live', '--log-format', 'json', ...args];
  const { child, ended } = startCommand(file, words, others);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr?.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  const log = (event?: string): LogLine[] =>
    stderr
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as LogLine)
      .filter((line) => event === undefined || line.event === event);
  const capture: LiveCapture = {
    child,
    ended,
    log,
    logged: (event, after = 0) =>
      until(`"${event}" was logged`, () => {
        const line = log(event)[after];
        if (line === undefined && child.exitCode !== null) throw new Error(`It ended before: ${stderr}`);
        return line;
      }),
    output: () => stdout,
    async end() {
      child.kill('SIGINT');
      const result = await ended;
      expect(result.status, result.stderr).to.equal(0);
      return result;
    },
  };
  started.add(capture);
  void ended.finally(() => started.delete(capture));
  return capture;
}

/** Starts `rttshark live` and waits until packets are captured. */
export async function beginLive(args: readonly string[], options?: LiveCaptureOptions): Promise<LiveCapture> {
  const capture = startLive(args, options);
  await capture.logged('capture_began');
  return capture;
}

/** To be called inside of a `describe`: ends what its tests left. */
export function endingCaptures(): void {
  afterEach(async () => {
    const left = [...started];
    for (const { child } of left) child.kill('SIGKILL');
    await Promise.all(left.map(({ ended }) => ended));
  });
}
