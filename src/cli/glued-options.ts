/** tshark's options that take a value and are often written without a blank between: `-Ytcp`, `-c5`, `-ieth0`, `-eip.src`. */
const withValue = /^(-[YdocifsBye])(.+)$/s;

/**
 * The words of a command line as the parser understands them: glued options, which it would read as a row of
 * one-letter options, are taken apart. Words behind `--` stay as they are.
 */
export function withoutGluedOptions(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  const apart = options.flatMap((word) => {
    // To the parser, what begins with "--no-" is the negation of something else.
    if (word === '--no-promiscuous-mode') return ['-p'];
    const [, option, value] = withValue.exec(word) ?? [];
    return option === undefined || value === undefined ? [word] : [option, value];
  });
  return [...withStandardInput(apart), ...argv.slice(options.length)];
}

/** A dash alone, where it is the value of an option that can be repeated, is an option without a name to the parser. */
function withStandardInput(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const option = joined.at(-1);
    if (word === '-' && (option === '-i' || option === '--interface')) joined.splice(-1, 1, '--interface=-');
    else joined.push(word);
  }
  return joined;
}
