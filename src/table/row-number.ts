import type { WindowFunction } from './window-function.ts';

/** The number of the row in its partition, counted from 1. */
export function rowNumber(): WindowFunction<undefined, 'uint32'> {
  return {
    name: 'rowNumber',
    column: undefined,
    result: 'uint32',
    *of({ values }) {
      for (let row = 1; row <= values.length; row++) yield row;
    },
  };
}
