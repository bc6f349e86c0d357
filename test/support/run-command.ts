import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import path from 'node:path';

/** The project's folder. */
export const projectFolder = path.join(import.meta.dirname, '../..');

/** The built program. */
export const program = path.join(projectFolder, 'bin/rttshark.js');

/** The path of a capture of fixtures/captures. */
export function fixture(name: string): string {
  return path.join(projectFolder, 'fixtures/captures', name);
}

/** How a command ended. */
export interface CommandResult {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Added to the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** A file descriptor, bytes to be written through a socket as Node does, or nothing. */
  readonly stdin?: number | string | Uint8Array;
  /** What runs longer hangs, and is ended, so that a test fails with the command's own words. 40 s by default. */
  readonly longestRunMs?: number;
}

/** A command that is running. */
export interface RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandResult>;
}

/** Runs the built `rttshark` to its end. */
export function rttshark(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return startRttshark(args, options).ended;
}

/** Starts the built `rttshark`. */
export function startRttshark(args: readonly string[], options: CommandOptions = {}): RunningCommand {
  return startCommand(process.execPath, [program, ...args], options);
}

/** Runs any program to its end. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return startCommand(file, args, options).ended;
}

/** Starts any program, in an environment that does not depend on who runs the tests. */
export function startCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): RunningCommand {
  const { stdin, cwd = projectFolder, longestRunMs = 40_000 } = options;
  const stdio: SpawnOptions['stdio'] = [
    stdin === undefined ? 'ignore' : typeof stdin === 'number' ? stdin : 'pipe',
    'pipe',
    'pipe',
  ];
  const child = spawn(file, args, { cwd, env: environment(options.env), stdio });
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    // A grandchild may still hold the other ends.
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, longestRunMs);
  const [stdout, stderr] = [child.stdout, child.stderr].map(collected);
  if (typeof stdin === 'string' || stdin instanceof Uint8Array) {
    // A program may end before it has read everything.
    child.stdin?.on('error', () => undefined).end(stdin);
  }
  const ended = new Promise<CommandResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, stdout: stdout?.() ?? '', stderr: stderr?.() ?? '' });
    });
  });
  return { child, ended };
}

function collected(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

const dependent = /^(?:RTTSHARK_|NO_COLOR$|FORCE_COLOR$|COLUMNS$|LC_|LANG$|NODE_OPTIONS$)/;

function environment(added: CommandOptions['env'] = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !dependent.test(name));
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8', RTTSHARK_CONFIG: 'false', ...added };
}
