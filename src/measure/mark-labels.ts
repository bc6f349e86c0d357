import { formatEpochSeconds } from '../table/time.ts';
import type { MarkedSample } from './marked-sample.ts';

/** Names and values of an exemplar's labels together, in characters: more is refused by Prometheus. */
const mostCharacters = 128;

/** What leads to a sample's packet: its frame in its file, or else its time, which tells it from others on the wire. */
export function markLabels({ packet, time }: MarkedSample): Readonly<Record<string, string>> {
  if (packet === null) return time === null ? {} : { time: formatEpochSeconds(time) };
  const { stream, frame, file } = packet;
  const labels = { ...(stream === '' ? {} : { stream }), frame: `${frame}` };
  if (file === null) return labels;
  const taken = Object.entries({ ...labels, file: '' })
    .flat()
    .join('').length;
  return { ...labels, file: endOf(file, mostCharacters - taken) };
}

/** The end of a long path tells more than its beginning. */
function endOf(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `…${characters.slice(1 - most).join('')}`;
}
