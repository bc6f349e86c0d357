/**
 * Whether a word of a display filter is a number or an address, and no field. A dot or a minus before a field's name does
 * not make it another one: `.tcp.stream`, `-tcp.seq`. Pure.
 */
export function isNumberOrAddress(word: string): boolean {
  return word === '-' || (/^[\da-fx.:-]+$/i.test(word) && /[\d:]/.test(word));
}
