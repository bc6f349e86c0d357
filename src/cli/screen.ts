import { writeSync } from 'node:fs';
import type { Console } from './console.ts';
import { frameText, eraseText, hideCursor, showCursor } from './screen-frames.ts';

/** The part of the standard output that a screen draws on. */
export interface ScreenOutput {
  readonly fd: number;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

export interface ScreenOptions {
  readonly console: Pick<Console, 'beforeMessage' | 'stderr'>;
  readonly output: ScreenOutput;
  /** Whether the terminal can move its cursor; where not, reports follow each other. */
  readonly inPlace: boolean;
  /** Makes the lines anew for the size that the terminal has now. */
  readonly render: () => readonly string[];
}

/** Signals that stop or end a process without asking it, after which the cursor has to be there. */
const endingSignals = ['SIGQUIT'] as const;

/**
 * Draws lines in place on the terminal of standard output: over and over at the same spot, below what stood there
 * before. Messages on standard error are printed above. The cursor is hidden meanwhile, and there again on every way
 * out but SIGKILL.
 */
export class Screen {
  readonly #options: ScreenOptions;
  #drawn: readonly string[] = [];
  /** How wide the terminal was when these were drawn. */
  #drawnColumns = 0;
  #redraw: NodeJS.Immediate | undefined;
  #isOpen = true;

  constructor(options: ScreenOptions) {
    this.#options = options;
    if (!options.inPlace) return;
    options.output.write(hideCursor);
    options.output.on('resize', this.#onResize);
    if (options.console.stderr.isTerminal) options.console.beforeMessage(this.#onMessage);
    process.on('exit', this.#onExit);
    process.on('SIGTSTP', this.#onSuspend);
    process.on('SIGCONT', this.#onContinue);
    for (const signal of endingSignals) process.on(signal, this.#onEndingSignal);
  }

  /** Whether lines are drawn in place; otherwise only `report` and `end` print. */
  get isInPlace(): boolean {
    return this.#options.inPlace;
  }

  /** Draws anew, between reports. */
  refresh(): void {
    if (this.#options.inPlace && this.#isOpen) this.#draw(this.#options.render());
  }

  /** Draws what a report has brought; prints it where nothing can be drawn in place. */
  report(): void {
    if (this.#options.inPlace) this.refresh();
    else this.#print(this.#options.render());
  }

  /**
   * Takes away what was drawn and prints the last report in its place, which stays there.
   *
   * @param lines - nothing is printed where undefined, and what was drawn last stays
   */
  end(lines?: readonly string[]): void {
    if (!this.#isOpen) return;
    this.#close();
    if (lines === undefined) return;
    if (this.#options.inPlace) this.#erase();
    this.#print(lines);
  }

  #print(lines: readonly string[]): void {
    this.#options.output.write(lines.map((line) => `${line}\n`).join(''));
  }

  #draw(lines: readonly string[]): void {
    clearImmediate(this.#redraw);
    this.#redraw = undefined;
    const { output } = this.#options;
    const columns = output.columns ?? 80;
    output.write(frameText(lines, { lines: this.#drawn, drawnColumns: this.#drawnColumns, columns }));
    this.#drawn = lines;
    this.#drawnColumns = columns;
  }

  #erase(): void {
    const { output } = this.#options;
    const columns = output.columns ?? 80;
    output.write(eraseText({ lines: this.#drawn, drawnColumns: this.#drawnColumns, columns }));
    this.#drawn = [];
  }

  #close(): void {
    this.#isOpen = false;
    if (!this.#options.inPlace) return;
    const { output, console } = this.#options;
    clearImmediate(this.#redraw);
    output.off('resize', this.#onResize);
    console.beforeMessage(undefined);
    process.off('exit', this.#onExit);
    process.off('SIGTSTP', this.#onSuspend);
    process.off('SIGCONT', this.#onContinue);
    for (const signal of endingSignals) process.off(signal, this.#onEndingSignal);
    output.write(showCursor);
  }

  readonly #onResize = () => {
    this.refresh();
  };

  /** Several messages are printed one after the other before lines are drawn again. */
  readonly #onMessage = () => {
    if (this.#drawn.length > 0) this.#erase();
    this.#redraw ??= setImmediate(() => {
      this.refresh();
    });
  };

  readonly #onExit = () => {
    try {
      writeSync(this.#options.output.fd, showCursor);
    } catch {
      // The terminal is gone, and its cursor with it.
    }
  };

  readonly #onSuspend = () => {
    this.#options.output.write(showCursor);
    // The shell writes below in the meantime.
    this.#drawn = [];
    process.kill(process.pid, 'SIGSTOP');
  };

  readonly #onContinue = () => {
    this.#options.output.write(hideCursor);
    this.refresh();
  };

  readonly #onEndingSignal = (signal: NodeJS.Signals) => {
    this.#close();
    process.kill(process.pid, signal);
  };
}
