/** An IPv4 address as tshark prints it. @param at - of its four bytes */
export function ipv4Text(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/**
 * An IPv6 address as tshark prints it: the longest row of zero words is left out, the first one of several.
 *
 * @param at - of its 16 bytes
 * @returns null for addresses that may be printed with an IPv4 address at their end
 */
export function ipv6Text(bytes: Uint8Array, at: number): string | null {
  const words = Array.from(
    { length: 8 },
    (_, i) => ((bytes[at + 2 * i] ?? 0) << 8) | (bytes[at + 2 * i + 1] ?? 0),
  );
  let [best, bestLength] = [-1, 1];
  for (let from = 0; from < 8; from++) {
    let length = 0;
    while (from + length < 8 && words[from + length] === 0) length += 1;
    if (length > bestLength) [best, bestLength] = [from, length];
  }
  if (best === 0 && (bestLength === 5 || bestLength === 6)) return null;
  const text = (some: readonly number[]) => some.map((word) => word.toString(16)).join(':');
  return best === -1 ? text(words) : `${text(words.slice(0, best))}::${text(words.slice(best + bestLength))}`;
}
