/** tshark's options that take a value and are often written without a blank between: `-Ytcp`, `-c5`, `-ieth0`. */
const withValue = /^(-[YdocifsBy])(.+)$/s;

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
  return [...apart, ...argv.slice(options.length)];
}
