import { extname } from 'node:path';

/** The forms of a table that other programs read. */
export const tableFormats = ['csv', 'jsonl', 'arrow', 'arrow-stream', 'parquet'] as const;

export type TableFormat = (typeof tableFormats)[number];

const byExtension: Readonly<Record<string, TableFormat>> = {
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.arrow': 'arrow',
  '.feather': 'arrow',
  '.arrows': 'arrow-stream',
  '.parquet': 'parquet',
};

/** The extensions that say which form a file has. */
export const knownExtensions: readonly string[] = Object.keys(byExtension);

/** The form that a file's name says it has; undefined where it says none. */
export function formatOfFile(file: string): TableFormat | undefined {
  const extension = extname(file).toLowerCase();
  return Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
}

/** Whether people can read it. */
export function isText(format: TableFormat): boolean {
  return format === 'csv' || format === 'jsonl';
}
