import { RttsharkError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import type { ListedInterface } from './interface-list.ts';

/**
 * The interface that is meant, by its name or its number, as dumpcap takes `-i`. Pure. A name wins over a number.
 *
 * @throws RttsharkError `capture_failed`, with the nearest names
 */
export function resolveInterface<T extends ListedInterface>(text: string, list: readonly T[]): T {
  const byNumber = /^[0-9]+$/.test(text) ? Number(text) : undefined;
  const found =
    list.find(({ name }) => name === text) ??
    list.find(({ description }) => description !== null && description === text) ??
    list.find(({ number }) => number === byNumber);
  if (found !== undefined) return found;
  const [near] = nearestNames(
    text,
    list.map(({ name }) => name),
    1,
  );
  const guess = near === undefined ? '' : `Did you mean "${near}"? `;
  const what = byNumber === undefined ? 'interface' : 'interface of the number';
  throw new RttsharkError('capture_failed', `There is no ${what} "${text}".`, {
    hint: `${guess}"rttshark interfaces" lists them.`,
  });
}
