/** What a terminal shows that knows the few sequences which are used to draw in place. */
export class EmulatedScreen {
  readonly #columns: number;
  readonly #lines: (string | undefined)[][] = [[]];
  #row = 0;
  #column = 0;
  #wraps = true;
  #hasCursor = true;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** From the first line that was ever written, without the blanks at their ends and the empty lines at the end. */
  get lines(): string[] {
    const lines = this.#lines.map((cells) =>
      Array.from(cells, (cell) => cell ?? ' ')
        .join('')
        .trimEnd(),
    );
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  get hasCursor(): boolean {
    return this.#hasCursor;
  }

  get wraps(): boolean {
    return this.#wraps;
  }

  write(text: string): void {
    for (const [token] of text.matchAll(/\u001b\[[?\d;]*[A-Za-z]|\r|\n|[^\u001b\r\n]/gu)) this.#take(token);
  }

  #take(token: string): void {
    if (token === '\r') this.#column = 0;
    else if (token === '\n') this.#moveTo(this.#row + 1);
    else if (token.startsWith('\u001b[')) this.#control(token.slice(2));
    else this.#put(token);
  }

  #put(character: string): void {
    if (this.#column === this.#columns) {
      if (this.#wraps) {
        this.#moveTo(this.#row + 1);
        this.#column = 0;
      } else {
        this.#column -= 1;
      }
    }
    this.#current[this.#column] = character;
    this.#column += 1;
  }

  #control(sequence: string): void {
    const up = /^(\d+)A$/.exec(sequence);
    if (up !== null) this.#row = Math.max(0, this.#row - Number(up[1]));
    else if (sequence === 'K') this.#current.length = Math.min(this.#column, this.#columns - 1);
    else if (sequence === 'J') {
      this.#current.length = Math.min(this.#column, this.#columns - 1);
      this.#lines.length = this.#row + 1;
    } else if (sequence === '?25l' || sequence === '?25h') this.#hasCursor = sequence === '?25h';
    else if (sequence === '?7l' || sequence === '?7h') this.#wraps = sequence === '?7h';
    else if (!/^[\d;]*m$/.test(sequence)) throw new Error(`An unknown sequence: ${sequence}`);
  }

  #moveTo(row: number): void {
    this.#row = row;
    while (this.#lines.length <= row) this.#lines.push([]);
  }

  get #current(): (string | undefined)[] {
    return this.#lines[this.#row] ?? [];
  }
}
