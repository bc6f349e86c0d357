/**
 * Merges the fixtures, and the captures in the folder that RTTSHARK_CORPUS names, into one large capture of many protocols
 * and link types:
 *
 *     npx tsx bench/merge-mixed.ts OUT.pcapng [--packets 650000]
 *
 * Each is repeated as often as it takes, every copy with addresses of its own, spread over one span of time; captures
 * that last too long for that are squeezed. Needs editcap and mergecap, which come with tshark.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pcapHeader, pcapRecord } from '../fixtures/pcap/pcap-file.ts';
import type { Frame } from '../fixtures/pcap/frame.ts';
import { movePacket } from './moved-packet.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { packets: { type: 'string', default: '650000' } },
});
const [out] = positionals;
if (out === undefined) throw new Error('usage: merge-mixed.ts OUT.pcapng [--packets 650000]');

interface Source {
  readonly link: number;
  readonly frames: readonly Frame[];
}

const startNs = 1_700_000_000_000_000_000n;
const spanNs = 3_600_000_000_000n;

const scratch = mkdtempSync('build/mixed-');
try {
  const folders = ['fixtures/captures', process.env['RTTSHARK_CORPUS'] ?? ''].filter(
    (folder) => folder !== '',
  );
  const paths = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const sources = paths.flatMap((path) => read(path) ?? []);
  const packets = sources.reduce((sum, { frames }) => sum + frames.length, 0);
  const copies = Math.ceil(Number(values.packets) / packets);
  console.error(`${sources.length} captures of ${packets} packets together, ${copies} times`);
  const parts = sources.map((source, i) => {
    const part = join(scratch, `part-${i}.pcap`);
    writeFileSync(
      part,
      repeated(source, copies, (copy) => copy * sources.length + i),
    );
    return part;
  });
  const whole = join(scratch, 'whole.pcapng');
  execFileSync('mergecap', ['-F', 'pcapng', '-w', whole, ...parts], { stdio: 'ignore' });
  renameSync(whole, out);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Null for what is no capture, or one with several link types. */
function read(path: string): Source | null {
  const converted = join(scratch, 'one.pcap');
  try {
    execFileSync('editcap', ['-F', 'nsecpcap', path, converted], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const bytes = readFileSync(converted);
  const frames: Frame[] = [];
  for (let at = 24; at + 16 <= bytes.length;) {
    const kept = bytes.readUInt32LE(at + 8);
    frames.push({
      timeNs: BigInt(bytes.readUInt32LE(at)) * 1_000_000_000n + BigInt(bytes.readUInt32LE(at + 4)),
      wireLength: bytes.readUInt32LE(at + 12),
      bytes: bytes.subarray(at + 16, at + 16 + kept),
    });
    at += 16 + kept;
  }
  return frames.length === 0 ? null : { link: bytes.readUInt32LE(20), frames };
}

/** Each copy moved by networks of its own: the fixtures have the same few addresses, too. */
function repeated({ link, frames }: Source, copies: number, networksOf: (copy: number) => number): Buffer {
  const options = { linkType: link, nanoseconds: true };
  const times = frames.map(({ timeNs }) => timeNs);
  const first = times.reduce((least, time) => (time < least ? time : least));
  const last = times.reduce((most, time) => (time > most ? time : most));
  const slotNs = spanNs / BigInt(copies);
  const lengthNs = last - first;
  const squeezed = (ns: bigint) => (lengthNs < slotNs ? ns : (ns * slotNs) / (lengthNs + 1n));
  const chunks = [pcapHeader(options)];
  for (let copy = 0; copy < copies; copy++) {
    const begin = startNs + slotNs * BigInt(copy);
    for (const frame of frames) {
      const bytes = Buffer.from(frame.bytes);
      movePacket(bytes, link, networksOf(copy));
      chunks.push(pcapRecord({ ...frame, bytes, timeNs: begin + squeezed(frame.timeNs - first) }, options));
    }
  }
  return Buffer.concat(chunks);
}
