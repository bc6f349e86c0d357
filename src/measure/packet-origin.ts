import type { AnyTable } from '../table/table.ts';
import type { PacketOrigin } from './marked-sample.ts';

/**
 * Where the packet of a row is found again; null where the row does not tell.
 *
 * @param packets - with the columns of `originSchema`
 */
export function originOf(
  packets: AnyTable,
  file: string | null,
  occurrenceSeparator: string,
): (row: number) => PacketOrigin | null {
  return (row) => {
    const frame = packets.column('frame.number').get(row);
    const stream = packets.column('tcp.stream').get(row);
    if (typeof frame !== 'number') return null;
    // The innermost connection is the last one.
    const number = typeof stream === 'string' ? stream.split(occurrenceSeparator).at(-1) : undefined;
    return { frame, stream: number ?? '', file };
  };
}
