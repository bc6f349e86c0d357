import { flowOf } from './flow-class.ts';
import { findTcpEnds, noEnds, type TcpEnds } from './tcp-ends.ts';
import { connectionKey, type Connections } from './tcp-flows.ts';
import { walkFile } from './walk-file.ts';

/**
 * Whether one of these connections has packets in a capture file that tell their flow by themselves: two connections may
 * have the same number of a flow. Walks over the whole file.
 *
 * @param apart - as for {@link flowOf}
 * @throws the reason of `signal` where it is aborted; system errors
 */
export async function hasConnection(
  path: string,
  connections: Connections,
  apart: ReadonlySet<number> | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const ends = noEnds();
  return await walkFile(path, signal, (walk) => {
    const { bytes, dataAt, dataEnd, linkType } = walk;
    const alike = connections.get(flowOf(bytes, dataAt, dataEnd, linkType, apart));
    if (alike === undefined) return false;
    // An error may quote a segment of it.
    return !findTcpEnds(bytes, walk, ends) || alike.has(keyAt(bytes, ends));
  });
}

function keyAt(bytes: Uint8Array, { isIpv6, source, destination, ports }: TcpEnds): string {
  const length = isIpv6 ? 16 : 4;
  const end = (address: number, port: number) =>
    Uint8Array.of(...bytes.subarray(address, address + length), bytes[port] ?? 0, bytes[port + 1] ?? 0);
  return connectionKey(end(source, ports), end(destination, ports + 2));
}
