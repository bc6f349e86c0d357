import type { Distribution } from '../../src/measure/distribution.ts';
import { labelSources, type LabelName } from '../../src/measure/labels.ts';
import { measurementSchema, tcpAckRtt } from '../../src/measure/measurement.ts';
import { SortedValues } from '../../src/measure/sorted-values.ts';
import { TableBuilder } from '../../src/table/table-builder.ts';

export interface Packet {
  readonly src: string;
  readonly dst: string;
  readonly stream: string;
  readonly rtt: number | null;
  readonly http?: boolean;
}

/** A table as tshark's rows give it, with a second from packet to packet. */
export function tableOf(packets: readonly Packet[], labels: readonly LabelName[], firstSecond = 0) {
  const builder = new TableBuilder(measurementSchema(tcpAckRtt, labelSources(labels, false)));
  const all = (packet: Packet, i: number): Record<string, unknown> => ({
    'frame.time_epoch': 1_000_000_000n * BigInt(i + firstSecond),
    [tcpAckRtt.field]: packet.rtt,
    'frame.protocols': packet.http === true ? 'eth:ethertype:ip:tcp:http' : 'eth:ethertype:ip:tcp',
    'ip.src': packet.src,
    'ip.dst': packet.dst,
    'tcp.stream': packet.stream,
  });
  packets.forEach((packet, i) => {
    const values = all(packet, i);
    builder.appendRow(
      Object.fromEntries(
        Object.keys(builder.schema).map((name) => [
          name,
          (values[name] ?? null) as string | number | bigint | null,
        ]),
      ),
    );
  });
  return builder.finish();
}

/** The values of a distribution that has them all. */
export function valuesOf(distribution: Distribution): number[] {
  return distribution instanceof SortedValues ? [...distribution.values] : [];
}
