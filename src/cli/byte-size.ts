import { RttsharkError } from '../errors.ts';

const sizePattern = /^(\d+\.?\d*|\.\d+)\s*(?:([kmgt])(i?)b?|b)?$/i;
const prefixes = ['', 'k', 'm', 'g', 't'];

/**
 * Reads a size as people write it: `100MB` and `100M` are 100,000,000 bytes, `100MiB` and `100Mi` are 104,857,600. A
 * plain number is bytes. Upper and lower case are the same.
 *
 * @returns whole bytes, above zero
 * @throws RttsharkError `usage` for anything else; the message names the text
 */
export function parseByteSize(text: string): number {
  const [, digits, prefix = '', binary = ''] = sizePattern.exec(text.trim()) ?? [];
  const step = binary === '' ? 1000 : 1024;
  const bytes = Math.round(Number(digits) * step ** prefixes.indexOf(prefix.toLowerCase()));
  if (digits === undefined || !Number.isSafeInteger(bytes) || bytes < 1) {
    throw new RttsharkError('usage', `"${text}" is not a size.`, {
      hint: 'Write a number above zero with a unit (B, kB, MB, GB, or KiB, MiB, GiB), as in 100MB, or a plain number of bytes.',
    });
  }
  return bytes;
}
