import { expect } from 'chai';
import { toParquet } from '../../src/parquet/to-parquet.ts';
import { fromRows } from '../../src/table/from-rows.ts';
import { DuckDB } from '../parquet/duckdb.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { projectText } from './project-files.ts';

describe('docs/arrow-parquet.md', () => {
  const file = temporaryFolder();

  it('has queries that DuckDB answers', async () => {
    const blocks = projectText('docs/arrow-parquet.md').matchAll(/^```sql\n([^`]*)```$/gm);
    const queries = Array.from(blocks, ([, sql = '']) =>
      sql.split(/;\n/).filter((query) => query.trim() !== ''),
    );
    const table = fromRows({ 'ip.src': 'text', 'tcp.len': 'uint32' }, [
      { 'ip.src': '10.0.0.2', 'tcp.len': 5 },
      { 'ip.src': '10.0.0.1', 'tcp.len': 7 },
      { 'ip.src': '10.0.0.1' },
    ]);
    const parquet = toParquet(table, { fieldDescriptions: { 'ip.src': { field: 'ip.src' } } });
    const duckDB = await DuckDB.open(file());
    const answers: unknown[] = [];
    for (const query of queries.flat()) {
      answers.push(await duckDB.query(parquet, query.replaceAll("'packets.parquet'", 'FILE')));
    }
    duckDB.close();
    expect(answers).to.deep.equal([
      [
        { 'ip.src': '10.0.0.1', 'count_star()': 2n, 'max("tcp.len")': 7 },
        { 'ip.src': '10.0.0.2', 'count_star()': 1n, 'max("tcp.len")': 5 },
      ],
      [{ columns: '{"ip.src":{"columnType":"text","field":"ip.src"},"tcp.len":{"columnType":"uint32"}}' }],
    ]);
  });
});
