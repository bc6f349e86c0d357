import { RingWriter } from '../capture/ring-writer.ts';
import type { LiveEvent } from './live-event.ts';
import type { LiveOptions } from './live-options.ts';

/** Packets that may wait for a slow disk. */
const mostWaitingBytes = 64 * 1024 * 1024;

/** The files beside the analysis, and what the log says of them; null where none are asked for. */
export function makeRing(
  write: LiveOptions['write'],
  prelude: () => Buffer,
  onEvent: (event: LiveEvent) => void,
): RingWriter | null {
  if (write === undefined) return null;
  return new RingWriter({
    ...write,
    prelude,
    mostWaitingBytes,
    onTrouble: (words) => {
      const message = `Packets cannot be written to "${write.path}": they are analyzed all the same.`;
      onEvent({ level: 'error', event: 'write_failed', message, fields: { detail: words } });
    },
    onRecovery: (lostPackets) => {
      const message = `Packets can be written again; ${lostPackets} were left out.`;
      onEvent({ level: 'info', event: 'write_recovered', message, fields: { lost_packets: lostPackets } });
    },
  });
}
