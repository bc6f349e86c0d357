import { closeSync } from 'node:fs';
import { startChild, type Child, type ChildEnding } from './child-process.ts';
import { closePipe, openKernelPipe, type KernelPipe } from './kernel-pipe.ts';
import { shellLine } from './shell-quote.ts';

/** A program with its arguments. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Variables that it gets beside ours. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Programs that feed each other, the last one's output being the result. */
export type Pipeline = readonly [...feeders: Command[], last: Command];

/** The pipeline as a line that can be pasted into a shell. */
export function pipelineLine(pipeline: Pipeline): string {
  return pipeline.map((command) => commandLine(command)).join(' | ');
}

function commandLine({ file, args, env = {} }: Command): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${shellLine(value, [])} `);
  return variables.join('') + shellLine(file, args);
}

/** A pipeline that is running. */
export interface RunningPipeline {
  /** In the order of the pipeline. */
  readonly children: readonly Child[];
  /** The one whose output is the result. */
  readonly last: Child;
  /** How each ended, in order; settles when all are gone. Never rejects. */
  readonly ended: Promise<ChildEnding[]>;
  stop(): Promise<void>;
}

/**
 * Starts all programs of a pipeline, each reading the one before it through a real pipe.
 *
 * @param stdin - what the first one reads; a file descriptor is closed here once the program holds it
 */
export async function startPipeline(
  pipeline: Pipeline,
  stdin: number | 'inherit' | 'ignore' = 'ignore',
): Promise<RunningPipeline> {
  const pipes: KernelPipe[] = [];
  const children: Child[] = [];
  try {
    while (pipes.length < pipeline.length - 1) pipes.push(await openKernelPipe());
    for (const [i, { file, args, env }] of pipeline.entries()) {
      const output = pipes[i]?.writeEnd;
      children.push(
        startChild(file, args, {
          stdin: pipes[i - 1]?.readEnd ?? stdin,
          env,
          ...(output === undefined ? {} : { stdout: output }),
        }),
      );
    }
  } finally {
    pipes.forEach(closePipe);
    if (typeof stdin === 'number') closeSync(stdin);
  }
  const last = children.at(-1);
  if (last === undefined) throw new Error('A pipeline has at least one program.');
  return {
    children,
    last,
    ended: Promise.all(children.map(({ ended }) => ended)),
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}
