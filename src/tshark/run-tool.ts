import { execa } from 'execa';
import { childEnvironment } from './child-environment.ts';

export interface ToolResult {
  /** Undefined where it could not be started or a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it could not be started: ENOENT, EACCES, … */
  readonly spawnError: string | undefined;
}

/**
 * Runs a tool to its end and gives what it printed: for versions, lists and checks, not for rows. Never throws;
 * ends the tool after 60 s.
 */
export async function runTool(file: string, args: readonly string[]): Promise<ToolResult> {
  const result = await execa(file, args, {
    stdin: 'ignore',
    env: childEnvironment(process.env),
    extendEnv: false,
    reject: false,
    timeout: 60_000,
    maxBuffer: 200_000_000,
  });
  return {
    exitCode: result.exitCode,
    stdout: result.stdout,
    stderr: result.stderr,
    spawnError: result.exitCode === undefined ? result.code : undefined,
  };
}
