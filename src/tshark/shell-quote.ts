/**
 * One command as a line that a shell runs with exactly these arguments: any POSIX shell, or, where an argument holds
 * control characters, bash, zsh or ksh. For showing, never for running.
 */
export function shellLine(file: string, args: readonly string[]): string {
  return [file, ...args].map(shellWord).join(' ');
}

function shellWord(word: string, index: number): string {
  // A shell takes `a=b` for an assignment where a command is due, and zsh looks for the command "b" in `=b`.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word) && (index > 0 || !word.includes('='))) return word;
  if (/\p{Cc}/u.test(word)) return `$'${Array.from(word, ansiCharacter).join('')}'`;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function ansiCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === "'" || character === '\\') return `\\${character}`;
  return code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : character;
}
