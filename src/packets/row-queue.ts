import type { AnyTable } from '../table/table.ts';

/** Rows between whoever gives them and whoever takes them, each at their own pace. */
export class RowQueue {
  readonly #tables: AnyTable[] = [];
  readonly #onTaken: () => void;
  #rows = 0;
  #wake: () => void = () => undefined;
  #end: { readonly error: unknown } | 'not yet' | 'good' = 'not yet';

  /** @param onTaken - called when rows have been taken */
  constructor(onTaken: () => void) {
    this.#onTaken = onTaken;
  }

  /** Rows that wait. */
  get rows(): number {
    return this.#rows;
  }

  put(table: AnyTable): void {
    if (this.#end !== 'not yet' || table.rowCount === 0) return;
    this.#tables.push(table);
    this.#rows += table.rowCount;
    this.#wake();
  }

  /** No more rows come; those that are there can be taken. */
  end(): void {
    if (this.#end === 'not yet') this.#end = 'good';
    this.#wake();
  }

  /** The same, and then something is thrown. */
  fail(error: unknown): void {
    if (this.#end === 'not yet') this.#end = { error };
    this.#wake();
  }

  /** Gives up what waits, and ends. */
  discard(): void {
    this.#tables.length = 0;
    this.#rows = 0;
    this.end();
  }

  /** To be called once. */
  async *take(): AsyncGenerator<AnyTable, void, undefined> {
    for (;;) {
      const table = this.#tables.shift();
      if (table !== undefined) {
        this.#rows -= table.rowCount;
        this.#onTaken();
        yield table;
      } else if (this.#end === 'good') return;
      else if (this.#end !== 'not yet') throw this.#end.error;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
