import { closeSync, openSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { flowOf } from './flow-class.ts';
import { walkStep } from './packet-walk.ts';
import { findTcpEnds, noEnds, type TcpEnds } from './tcp-ends.ts';
import { connectionKey, type Connections } from './tcp-flows.ts';
import { walkOver } from './walk-over.ts';

/**
 * Whether one of these connections has packets in a capture file that tell their flow by themselves: two connections may
 * have the same number of a flow. Walks over the whole file, a megabyte at a time: other work goes on meanwhile.
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
  const file = openSync(path, 'r');
  try {
    const walk = walkOver(file);
    for (;;) {
      const step = walk.step();
      if (step === walkStep.packet) {
        const { bytes, dataAt, dataEnd, linkType } = walk;
        const alike = connections.get(flowOf(bytes, dataAt, dataEnd, linkType, apart));
        if (alike === undefined) continue;
        // An error may quote a segment of it.
        if (!findTcpEnds(bytes, walk, ends) || alike.has(keyAt(bytes, ends))) return true;
      } else if (step === walkStep.starved) {
        await setImmediate(undefined, { signal });
        if (!walk.readMore()) return false;
      }
    }
  } finally {
    closeSync(file);
  }
}

function keyAt(bytes: Uint8Array, { isIpv6, source, destination, ports }: TcpEnds): string {
  const length = isIpv6 ? 16 : 4;
  const end = (address: number, port: number) =>
    Uint8Array.of(...bytes.subarray(address, address + length), bytes[port] ?? 0, bytes[port + 1] ?? 0);
  return connectionKey(end(source, ports), end(destination, ports + 2));
}
