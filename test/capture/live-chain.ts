import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { GenerationChain, type ChainEvent, type ChainOptions } from '../../src/capture/generation-chain.ts';
import { InterfaceTable } from '../../src/capture/interface-table.ts';
import type { PacketBatch } from '../../src/capture/packet-batch.ts';
import { PacketNormalizer } from '../../src/capture/packet-normalizer.ts';
import { occurrenceSeparator } from '../../src/tshark/arguments.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';

/** Enough to tell rows apart, and the value. */
export const liveSchema = {
  'frame.time_epoch': 'text',
  'ip.src': 'text',
  'tcp.srcport': 'text',
  'tcp.ack_raw': 'text',
  'tcp.analysis.ack_rtt': 'float64',
} as const;

export interface ChainRun {
  readonly chain: GenerationChain;
  readonly table: InterfaceTable;
  readonly events: ChainEvent[];
  /** Each row as one text, as {@link rowsOfOneTshark} has it. */
  readonly rows: string[];
  /** How many events of a kind there were. */
  count(kind: ChainEvent['kind']): number;
}

export type ChainSettings = Partial<Omit<ChainOptions, 'request'>> & { readonly tshark?: string };

/** A chain that waits for its first packet. */
export async function startChain({ tshark, ...settings }: ChainSettings = {}): Promise<ChainRun> {
  const table = new InterfaceTable();
  const events: ChainEvent[] = [];
  const rows: string[] = [];
  const found = await findTshark();
  const chain = new GenerationChain({
    request: {
      tshark: tshark === undefined ? found : { ...found, path: tshark },
      schema: liveSchema,
      displayFilter: 'tcp.analysis.ack_rtt',
    },
    valueFields: ['tcp.analysis.ack_rtt'],
    prelude: () => table.prelude,
    limits: { packets: Infinity, memoryBytes: Infinity, overlapSeconds: 1 },
    longestPauseMs: 200,
    replayBytes: 24 * 1024 * 1024,
    hungAfterMs: 60_000,
    onRows: (chunk) => {
      for (const row of chunk.rows()) {
        rows.push(
          Object.keys(liveSchema)
            .map((name) => String(row[name]).replaceAll(occurrenceSeparator, ','))
            .join(' '),
        );
      }
    },
    onEvent: (event) => events.push(event),
    onDrain: () => undefined,
    ...settings,
  });
  await chain.start();
  const count = (kind: ChainEvent['kind']) => events.filter((event) => event.kind === kind).length;
  return { chain, table, events, rows, count };
}

/** The packets of a capture, so many bytes at a time. */
export function batchesOf(capture: Buffer, table: InterfaceTable, bytesAtOnce = 4096): PacketBatch[] {
  const normalizer = new PacketNormalizer(table, 'eth0');
  const batches: PacketBatch[] = [];
  for (let at = 0; at < capture.length; at += bytesAtOnce) {
    const batch = normalizer.push(Buffer.from(capture.subarray(at, at + bytesAtOnce)));
    if (batch !== null) batches.push(batch);
  }
  return batches;
}

/** Feeds batch by batch, about as fast as tshark takes them. */
export async function feedAll(
  { chain }: ChainRun,
  batches: readonly PacketBatch[],
  before: (index: number) => void = () => undefined,
): Promise<void> {
  for (const [index, batch] of batches.entries()) {
    before(index);
    chain.feed(batch);
    do await sleep(1);
    while (chain.backlogBytes > 256 * 1024);
  }
}

/** What a single tshark prints for a capture. */
export async function rowsOfOneTshark(capture: Buffer): Promise<string[]> {
  const names = Object.keys(liveSchema);
  const fields = names.flatMap((name) => ['-e', name]);
  const args = ['-n', '-r', '-', '-Y', 'tcp.analysis.ack_rtt', '-T', 'fields', ...fields];
  // A shell's pipe: tshark reads no socket.
  const child = execFile('/bin/sh', ['-c', 'cat | exec tshark "$@"', 'sh', ...args], { maxBuffer: 1e9 });
  let output = '';
  child.stdout?.on('data', (text: string) => (output += text));
  child.stdin?.end(capture);
  await once(child, 'close');
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = line.split('\t');
      return [...values.slice(0, -1), String(Number(values.at(-1)))].join(' ');
    });
}
