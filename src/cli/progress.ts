import { displayWidth } from '../report/display-width.ts';
import type { Console } from './console.ts';
import { progressText, type ProgressFigures } from './progress-line.ts';

const firstAfterMs = 1000;
const everyMs = 200;

/** Shows how far the work is, where standard error is a terminal and the work takes over a second. */
export class Progress {
  readonly #console: Console;
  readonly #startedMs = Date.now();
  readonly #timer: NodeJS.Timeout | undefined;
  #shown = '';

  constructor(console: Console, figures: () => Omit<ProgressFigures, 'elapsedMs'>) {
    this.#console = console;
    if (!console.stderr.isTerminal) return;
    console.beforeMessage(() => {
      this.#clear();
    });
    this.#timer = setInterval(() => {
      const elapsedMs = Date.now() - this.#startedMs;
      if (elapsedMs < firstAfterMs) return;
      const { width = 80, unicode } = console.stderr;
      this.#clear();
      this.#shown = progressText({ ...figures(), elapsedMs }, { width, unicode });
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
