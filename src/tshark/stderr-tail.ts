/**
 * Standard error of a subprocess: its last lines, and the first ones, which say what the matter is where a long list
 * follows; bounded however much it writes.
 */
export class StderrTail {
  readonly #head: string[] = [];
  readonly #tail: string[] = [];
  readonly #decoder = new TextDecoder();
  #unfinished = '';

  write(bytes: Uint8Array): void {
    const lines = (this.#unfinished + this.#decoder.decode(bytes, { stream: true })).split(/\r?\n|\r/);
    this.#unfinished = (lines.pop() ?? '').slice(0, longestLine);
    for (const line of lines) this.#keep(line.slice(0, longestLine));
  }

  /** The lines so far, oldest first, an unfinished one included. */
  lines(): string[] {
    const complete = [...this.#head, ...this.#tail];
    return this.#unfinished === '' ? complete : [...complete, this.#unfinished];
  }

  #keep(line: string): void {
    if (line.trim() === '') return;
    if (this.#head.length < headLines) {
      this.#head.push(line);
      return;
    }
    this.#tail.push(line);
    if (this.#tail.length > tailLines) this.#tail.shift();
  }
}

const headLines = 20;
const tailLines = 80;
const longestLine = 2000;

const noise = [
  /^Running as user ".*" and group ".*"\. This could be dangerous\.$/,
  /^Capturing on /,
  /^\d+ packets? captured$/,
  /: Couldn't load plugin /,
  // What it says where the user's own settings may not be read; it goes on without them.
  /^tshark(?:\.exe)?: Error loading table '/,
  /^tshark(?:\.exe)?: Can't open your preferences file /,
  /^tshark(?:\.exe)?: Could not open your .* file$/,
  /^".*[\\/]\.?wireshark[\\/].*": Permission denied\.$/i,
  /^tshark(?:\.exe)?: You don't have permission to read the file ".*[\\/]\.?wireshark[\\/](?:hosts|subnets|ss7pcs|vlans|ethers|ipxnets|init\.lua)"\.$/i,
  /^ ?\*\* \(\S+:\d+\)/,
  /^\(\S+:\d+\): /,
  /\[\w+ (?:WARNING|MESSAGE|INFO|NOISY|DEBUG)\] --/,
];

/**
 * The lines that tell of a failure: without the warning for root, plug-ins and settings that do not load, and log
 * lines.
 */
export function withoutNoise(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '' && !noise.some((pattern) => pattern.test(line)));
}
