import { execFileSync } from 'node:child_process';
import { drivenPlan } from '../src/analysis/driven-plan.ts';
import { pipelineFor } from '../src/capture/capture-request.ts';
import { analyzeOptions } from '../src/cli/options/analyze-options.ts';
import type { Tshark } from '../src/tshark/find-tools.ts';
import { configEnvironment } from '../src/tshark/profile.ts';
import type { BenchCapture } from './captures.ts';
import type { Contender } from './measure.ts';
import { shardFiles } from './shard-files.ts';

/** The name of what the others are compared with: what people write by hand. */
export const byHand = 'tshark -Y -T fields';
export const dissectOnly = 'tshark lean, dissects only';

/** Whether this rttshark parts a capture's flows between several tsharks. */
export const hasShards = 'shards' in analyzeOptions;

/** Everything that is measured on one capture. */
export async function contendersOn(capture: BenchCapture, tshark: Tshark): Promise<Contender[]> {
  const {
    requests: [request],
  } = await drivenPlan({ inputs: [capture.path], tshark: tshark.path }, tshark);
  if (request === undefined) throw new Error('There is no request.');
  const filter = ['-Y', request.displayFilter ?? 'tcp.analysis.ack_rtt'];
  const fields = Object.keys(request.schema).flatMap((field) => ['-e', field]);
  const plain = ['-n', '-r', capture.path, '-T', 'fields', ...fields];
  const drivenOn = (path: string) => pipelineFor({ ...request, input: path });
  const lean = { file: tshark.path, env: configEnvironment(request.configFolder) };
  const counts = hasShards ? [2, 4] : [];
  const alone: Contender[] = [];
  for (const count of counts) {
    const paths = await shardFiles(capture.path, count);
    alone.push({ name: aloneName(count), commands: paths.flatMap((path) => drivenOn(path)) });
  }
  return [
    { name: 'tshark -T fields', commands: [{ file: tshark.path, args: plain }] },
    { name: byHand, commands: [{ file: tshark.path, args: [...plain, ...filter] }] },
    { name: 'tshark as rttshark drives it', commands: drivenOn(capture.path) },
    {
      name: dissectOnly,
      commands: [{ ...lean, args: ['-n', '-r', capture.path, ...filter, '-q', '-w', '/dev/null'] }],
    },
    ...alone.filter(({ commands }) => commands.length > 0),
    rttshark('rttshark', capture, tshark),
    ...[...(hasShards ? [1] : []), ...counts].map((count) =>
      rttshark(shardedName(count), capture, tshark, ['--shards', String(count)]),
    ),
    ...others(capture),
  ];
}

/** The tsharks of that many shards alone, each on a file that holds its packets already. */
export function aloneName(count: number): string {
  return `${count} tsharks alone`;
}

export function shardedName(count: number): string {
  return `rttshark --shards ${count}`;
}

export function rttshark(
  name: string,
  { path }: BenchCapture,
  tshark: Tshark,
  options: readonly string[] = [],
): Contender {
  const args = ['bin/rttshark.js', 'analyze', path, '--tshark', tshark.path, ...options];
  return { name, commands: [{ file: process.execPath, args }] };
}

/** Other people's programs that answer the same question, where they are installed. */
function others({ path, packets }: BenchCapture): Contender[] {
  const tcptrace = isThere('tcptrace', ['-v'])
    ? [{ name: 'tcptrace -r -n', commands: [{ file: 'tcptrace', args: ['-r', '-n', path] }] }]
    : [];
  // It reads some thousand packets a second: no more of them than that takes a minute.
  const limit = Math.min(packets, 50_000);
  const program = `
import itertools, pyshark
capture = pyshark.FileCapture(${JSON.stringify(path)}, display_filter='tcp.analysis.ack_rtt', keep_packets=False,
                              custom_parameters=['-n', '-c', '${limit}'])
print(sum(float(packet.tcp.analysis_ack_rtt) for packet in capture))`;
  const pyshark = isThere('python3', ['-c', 'import pyshark'])
    ? [
        {
          name: `pyshark, ${limit} packets`,
          commands: [{ file: 'python3', args: ['-c', program] }],
        },
      ]
    : [];
  return [...tcptrace, ...pyshark];
}

function isThere(tool: string, args: readonly string[]): boolean {
  try {
    execFileSync(tool, args, { stdio: 'ignore' });
    return true;
  } catch (error) {
    // Some give a status of their own to being asked what they are.
    return (
      error instanceof Error && 'status' in error && typeof error.status === 'number' && args[0] === '-v'
    );
  }
}
