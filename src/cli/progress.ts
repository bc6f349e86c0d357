import type { Console } from './console.ts';
import { progressText, type ProgressFigures } from './progress-line.ts';

const firstAfterMs = 1000;
const everyMs = 200;

/** Shows how far the work is, where standard error is a terminal and the work takes over a second. */
export class Progress {
  readonly #console: Console;
  readonly #startedMs = Date.now();
  readonly #timer: NodeJS.Timeout | undefined;
  #shown = false;

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
      console.raw(progressText({ ...figures(), elapsedMs }, { width, unicode }));
      this.#shown = true;
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#clear();
    this.#console.beforeMessage(undefined);
  }

  #clear(): void {
    if (this.#shown) this.#console.raw('\r\u001b[K');
    this.#shown = false;
  }
}
