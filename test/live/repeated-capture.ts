import { execFileSync } from 'node:child_process';

const [fileHeaderBytes, recordHeaderBytes] = [24, 16];

/** A capture that goes on for as long as is wanted. */
export interface RepeatedCapture {
  /** Of a pcap file. */
  readonly header: Buffer;
  /** What follows for the first time, the second time, …; as many as fit into a byte. */
  part(time: number): Buffer;
}

/** The packets of some Ethernet captures again and again, every few seconds and each time between other hosts. */
export function repeatedCapture(
  files: readonly string[],
  { everySeconds }: { everySeconds: number },
): RepeatedCapture {
  const pcaps = files.map((file) =>
    execFileSync('editcap', ['-F', 'pcap', file, '-'], {
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const startOf = (time: number, at: number) => (time + at / pcaps.length) * everySeconds;
  return {
    header: pcaps[0]!.subarray(0, fileHeaderBytes),
    part: (time) =>
      Buffer.concat(pcaps.map((pcap, at) => shifted(pcap, { time, startSeconds: startOf(time, at) }))),
  };
}

/** The records of a capture, from another time on and of other hosts. */
function shifted(pcap: Buffer, { time, startSeconds }: { time: number; startSeconds: number }): Buffer {
  const records = Buffer.from(pcap.subarray(fileHeaderBytes));
  const microseconds = (at: number) => records.readUInt32LE(at) * 1e6 + records.readUInt32LE(at + 4);
  const later = (1_800_000_000 + startSeconds) * 1e6 - microseconds(0);
  for (let at = 0; at < records.length; at += recordHeaderBytes + records.readUInt32LE(at + 8)) {
    const now = Math.round(microseconds(at) + later);
    records.writeUInt32LE(Math.floor(now / 1e6), at);
    records.writeUInt32LE(now % 1e6, at + 4);
    const frame = records.subarray(at + recordHeaderBytes);
    // The third byte of each address of IPv4, and of IPv6.
    const etherType = frame.readUInt16BE(12);
    const places = etherType === 0x0800 ? [28, 32] : etherType === 0x86dd ? [24, 40] : [];
    for (const place of places) frame.writeUInt8(time, place);
  }
  return records;
}
