import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { parquetMetadata } from 'hyparquet';
import { extract, type ExtractOptions } from '../../src/extract/extract.ts';
import { fixture } from '../support/run-command.ts';

async function metadata(options: Omit<ExtractOptions, 'inputs' | 'format'>): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  for await (const piece of extract({ ...options, inputs: [fixture('ipv4.pcap')], format: 'parquet' }))
    pieces.push(piece);
  const { buffer, byteOffset, byteLength } = Buffer.concat(pieces);
  const entries = parquetMetadata(buffer.slice(byteOffset, byteOffset + byteLength)).key_value_metadata;
  return JSON.parse(entries?.find(({ key }) => key === 'rttshark.columns')?.value ?? 'null');
}

/** What tshark itself says of a field. */
function glossary(field: string): { type: string; title: string } {
  const lines = execFileSync('tshark', ['-G', 'fields'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).split('\n');
  const [, title = '', , type = ''] = lines.find((line) => line.split('\t')[2] === field)?.split('\t') ?? [];
  return { type, title };
}

describe('what a Parquet file says of its columns', () => {
  it("is the field of each, with tshark's type and description", async () => {
    const described = await metadata({ fields: ['ip.src', { name: 'length', field: 'tcp.len' }] });
    const [source, length] = [glossary('ip.src'), glossary('tcp.len')];
    expect(source.title).not.to.equal('');
    expect(described).to.have.nested.property('ip\\.src.description', source.title);
    expect(described).to.have.nested.property('ip\\.src.type', source.type);
    expect(described).to.have.nested.property('length.field', 'tcp.len');
    expect(described).to.have.nested.property('length.type', length.type);
  });
});
