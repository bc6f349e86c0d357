/** Controls, format characters (among them those that turn the direction of text), line separators, surrogates. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const beyondAscii = /[^\x20-\x7e]/gu;

/**
 * A text from a capture or a file name as a terminal can be trusted with: what would move the cursor, change colours
 * or break the line is written as an escape (`\x1b`, `\u{202e}`).
 *
 * @param unicode - where false, everything beyond ASCII is escaped too
 */
export function printable(text: string, unicode: boolean): string {
  const trusted = text.replace(unprintable, escaped);
  return unicode ? trusted : trusted.replace(beyondAscii, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}
