import { measurementSchema, tcpAckRtt } from '../src/measure/measurement.ts';
import { labelSources } from '../src/measure/labels.ts';

/** The columns that an analysis by pairs of hosts asks for. */
export const rowSchema = measurementSchema(tcpAckRtt, labelSources(['src', 'dst'], false));

/** Rows as tshark prints them for an analysis by pairs of hosts, of 16 pairs with both ways. */
export function printedRows(rows: number, extraction: 'fields' | 'columns'): Buffer {
  const lines: string[] = [];
  let rttNs = 1;
  for (let i = 0; i < rows; i++) {
    rttNs = (rttNs * 48_271) % 2_147_483_647;
    const [client, server] = [`10.0.0.${i % 16}`, `192.168.100.${i % 16}`];
    const [src, dst] = rttNs % 2 === 0 ? [client, server] : [server, client];
    const byName: Record<string, string> = {
      'frame.time_epoch': `${1_700_000_000 + Math.floor(i / 1000)}.${`${i % 1000}`.padStart(3, '0')}123000`,
      'tcp.analysis.ack_rtt': (rttNs / 1e9).toFixed(9),
      'frame.protocols': 'eth:ethertype:ip:tcp',
      'ip.src': src,
      'ip.dst': dst,
    };
    const fields = Object.keys(rowSchema).map((name) => byName[name] ?? '');
    const quoted = fields.map((field) => (extraction === 'columns' || field === '' ? field : `"${field}"`));
    lines.push(`${quoted.join('\t')}\n`);
  }
  return Buffer.from(lines.join(''));
}

const pieceBytes = 65_536;

/** The bytes in pieces as a pipe gives them. */
export async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    await Promise.resolve();
    yield bytes.subarray(at, at + pieceBytes);
  }
}
