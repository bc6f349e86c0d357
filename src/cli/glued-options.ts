/** tshark's options that take a value and are often written without a blank between: `-Ytcp`, `-c5`. */
const withValue = /^(-[Ydoc])(.+)$/s;

/**
 * The words of a command line with glued options taken apart, which the parser would read as a row of one-letter
 * options. Words behind `--` stay as they are.
 */
export function withoutGluedOptions(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  const apart = options.flatMap((word) => {
    const [, option, value] = withValue.exec(word) ?? [];
    return option === undefined || value === undefined ? [word] : [option, value];
  });
  return [...apart, ...argv.slice(options.length)];
}
