import { expect } from 'chai';
import { RowReader } from '../../src/capture/row-reader.ts';
import { columnsAreTheSame } from '../../src/tshark/column-extraction.ts';
import { FieldCatalogue } from '../../src/tshark/field-catalogue.ts';

const catalogue = new FieldCatalogue(
  [
    'frame.protocols\tFT_STRING',
    'frame.interface_name\tFT_STRING',
    'ip.src\tFT_IPv4',
    'ip.version\tFT_UINT8\tBASE_DEC',
    'tcp.srcport\tFT_UINT16\tBASE_PT_TCP',
    'tcp.flags\tFT_UINT16\tBASE_HEX',
    'tcp.flags.syn\tFT_BOOLEAN\t12',
    'tcp.checksum.status\tFT_UINT8\tBASE_NONE',
    'tcp.analysis.ack_rtt\tFT_RELATIVE_TIME',
    '',
  ].join('\n'),
);

describe('columns', () => {
  it('give times, addresses, decimal numbers and the names of protocols as fields do', () => {
    const fields = ['frame.protocols', 'ip.src', 'tcp.srcport', 'tcp.analysis.ack_rtt'];
    expect(columnsAreTheSame(fields, catalogue)).to.equal(true);
  });

  for (const field of [
    ...['frame.interface_name', 'ip.version', 'tcp.flags', 'tcp.flags.syn', 'tcp.checksum.status', 'unknown'],
  ])
    it(`do not give ${field}`, () => {
      expect(columnsAreTheSame(['ip.src', field], catalogue)).to.equal(false);
    });

  it('are read with their several values, without those that may be cut', async () => {
    const reader = new RowReader({
      schema: { 'ip.src': 'text', 'tcp.analysis.ack_rtt': 'float64' },
      quotesAreDoubled: false,
      extraction: 'columns',
    });
    const long = Array.from({ length: 250 }, () => '10.0.0.1').join(',');
    const lines = `10.0.0.1,10.0.0.2\t0.1,0.2\n\t\n${long}\t0.5\n10.0.0.3\t\n`;
    const rows: unknown[] = [];
    for await (const table of reader.read(bytesOf(lines))) rows.push(...table.toObjects());
    expect(rows).to.deep.equal([
      { 'ip.src': '10.0.0.1\u001f10.0.0.2', 'tcp.analysis.ack_rtt': 0.2 },
      { 'ip.src': null, 'tcp.analysis.ack_rtt': null },
      { 'ip.src': '10.0.0.3', 'tcp.analysis.ack_rtt': null },
    ]);
    expect([reader.rowsMaybeCut, reader.counts.malformedRows]).to.deep.equal([1, 1]);
  });
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
