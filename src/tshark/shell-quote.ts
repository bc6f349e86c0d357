/**
 * One command as a line that any POSIX shell runs with exactly these arguments. For showing, never for running.
 */
export function shellLine(file: string, args: readonly string[]): string {
  return [file, ...args].map(shellWord).join(' ');
}

function shellWord(word: string, index: number): string {
  // A shell takes `a=b` for an assignment where a command is due, and zsh looks for the command "b" in `=b`.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word) && (index > 0 || !word.includes('='))) return word;
  return /[^\P{Cc}\n]/u.test(word) ? printed(word) : singleQuoted(word);
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A word with control characters, by way of printf, which every POSIX shell has; it would drop line ends at the end. */
function printed(word: string): string {
  const [, text = '', lineEnds = ''] = /^(.*?)(\n*)$/s.exec(word) ?? [];
  const format = Array.from(text, formatCharacter).join('').replaceAll("'", `'\\''`);
  return `"$(printf '${format}')"${lineEnds === '' ? '' : singleQuoted(lineEnds)}`;
}

function formatCharacter(character: string): string {
  if (character === '%') return '%%';
  if (character === '\\') return '\\\\';
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || code === 0x7f ? `\\${code.toString(8).padStart(3, '0')}` : character;
}
