import { displayWidth } from '../report/display-width.ts';
import type { Console } from './console.ts';
import { progressText, shareRead, type ProgressFigures } from './progress-line.ts';
import { TimeLeft } from './time-left.ts';

/** How far the work is. */
export interface ProgressAsked extends Omit<ProgressFigures, 'elapsedMs' | 'secondsLeft'> {
  /** How much of it is done, 0 to 1; undefined where the bytes tell it. */
  readonly share?: number | undefined;
  /** How many seconds of other work follow. */
  readonly secondsAfter?: number | undefined;
}

const firstAfterMs = 1000;
const everyMs = 200;

/** Shows how far the work is, where standard error is a terminal and the work takes over a second. */
export class Progress {
  readonly #console: Console;
  readonly #startedMs = performance.now();
  readonly #timeLeft = new TimeLeft();
  readonly #timer: NodeJS.Timeout | undefined;
  #shown = '';

  /** @param counted - what the rows are called */
  constructor(console: Console, figures: () => ProgressAsked, counted: 'samples' | 'rows' = 'samples') {
    this.#console = console;
    if (!console.stderr.isTerminal) return;
    console.beforeMessage(() => {
      this.#clear();
    });
    this.#timer = setInterval(() => {
      const elapsedMs = performance.now() - this.#startedMs;
      const read = figures();
      const share = read.share ?? shareRead(read);
      if (share !== undefined) this.#timeLeft.observe(elapsedMs, share);
      if (elapsedMs < firstAfterMs) return;
      const { width = 80, unicode } = console.stderr;
      this.#clear();
      this.#shown = progressText(
        { ...read, elapsedMs, secondsLeft: this.#timeLeft.seconds(read.secondsAfter) },
        { width, unicode, counted },
      );
      console.raw(this.#shown);
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#clear();
    this.#console.beforeMessage(undefined);
  }

  #clear(): void {
    // Blanks, where an escape sequence would be shorter: every terminal knows them.
    if (this.#shown !== '') this.#console.raw(`\r${' '.repeat(displayWidth(this.#shown))}\r`);
    this.#shown = '';
  }
}
