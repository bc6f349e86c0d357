/** Standard error of a subprocess: its last lines, bounded however much it writes. */
export class StderrTail {
  readonly #most: number;
  readonly #longest: number;
  readonly #lines: string[] = [];
  readonly #decoder = new TextDecoder();
  #unfinished = '';

  /**
   * @param most - lines to keep, 100 by default
   * @param longest - characters to keep of a line, 2000 by default
   */
  constructor(most = 100, longest = 2000) {
    this.#most = most;
    this.#longest = longest;
  }

  write(bytes: Uint8Array): void {
    const lines = (this.#unfinished + this.#decoder.decode(bytes, { stream: true })).split(/\r?\n|\r/);
    this.#unfinished = (lines.pop() ?? '').slice(0, this.#longest);
    for (const line of lines) this.#keep(line);
  }

  /** The lines so far, oldest first, an unfinished one included. */
  lines(): string[] {
    return this.#unfinished === '' ? [...this.#lines] : [...this.#lines, this.#unfinished];
  }

  #keep(line: string): void {
    if (line.trim() === '') return;
    this.#lines.push(line.slice(0, this.#longest));
    if (this.#lines.length > this.#most) this.#lines.shift();
  }
}

const noise = [
  /^Running as user ".*" and group ".*"\. This could be dangerous\.$/,
  /^Capturing on /,
  /^\d+ packets? captured$/,
  /: Couldn't load plugin /,
  /^ ?\*\* \(\S+:\d+\)/,
  /^\(\S+:\d+\): /,
  /\[\w+ (?:WARNING|MESSAGE|INFO|NOISY|DEBUG)\] --/,
];

/** The lines that tell of a failure: without the warning for root, plug-ins that do not load, and log lines. */
export function withoutNoise(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '' && !noise.some((pattern) => pattern.test(line)));
}
