import type { TableStream } from '../extract/table-bytes.ts';
import { TableBuilder } from '../table/table-builder.ts';
import type { Table } from '../table/table.ts';

/** The first rows of a stream for people to read, and how many more there are: all of it is read. */
export async function extractedPreview(
  { chunks, schema }: TableStream,
  { rows, width }: { readonly rows: number; readonly width: number | undefined },
): Promise<string> {
  const kept: Table[] = [];
  let count = 0;
  for await (const chunk of chunks) {
    if (count < rows) kept.push(chunk.head(rows - count));
    count += chunk.rowCount;
  }
  const table = new TableBuilder(schema).finish().concat(...kept);
  const text = table.toString({ rows, width: width ?? Infinity });
  const more = count - table.rowCount;
  const note = `… and ${more} more ${more === 1 ? 'row' : 'rows'} (--top shows more of them, --format csv all)\n`;
  return `${text}\n${more === 0 ? '' : note}`;
}
