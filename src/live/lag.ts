import { timeField } from '../measure/measurement.ts';
import type { AnyTable } from '../table/table.ts';

/** How far rows are behind their packets. Where a capture of the past is read through a pipe, that tells nothing. */
export class Lag {
  #last: number | null = null;
  #worst: number | null = null;
  #isPast: boolean | undefined;

  /** @param nowMs - milliseconds since the epoch */
  add(rows: AnyTable, nowMs: number): void {
    const times = rows.column(timeField);
    const first = seconds(times.get(0), nowMs);
    const last = seconds(times.get(rows.rowCount - 1), nowMs);
    if (first === null || last === null) return;
    this.#isPast ??= first > pastAfterSeconds;
    if (this.#isPast) return;
    this.#last = last;
    this.#worst = Math.max(this.#worst ?? 0, first);
  }

  /** Of the latest row; null before the first. */
  get lastSeconds(): number | null {
    return this.#last;
  }

  get worstSeconds(): number | null {
    return this.#worst;
  }
}

/** Where the first row is as old as this, what is read is a recording. */
const pastAfterSeconds = 60;

/** A clock that was set back makes packets come from the future. */
function seconds(time: unknown, nowMs: number): number | null {
  return typeof time === 'bigint' ? Math.max(0, nowMs / 1000 - Number(time) / 1e9) : null;
}
