import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { capture } from '../../src/packets/capture.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { ownChildren, until } from '../tshark/processes.ts';
import { fixture, knownSamples } from './fixtures.ts';
import { readAll } from './reading.ts';

const typed = {
  'frame.number': 'uint32',
  'frame.time_epoch': 'time',
  'ip.src': 'text',
  'tcp.srcport': 'uint32',
  'tcp.flags': 'uint32',
  'tcp.flags.syn': 'boolean',
  'tcp.analysis.ack_rtt': 'float64',
} as const;

describe('capturing from a file', () => {
  let before: readonly number[];

  beforeEach(() => {
    before = ownChildren();
  });

  afterEach('leaves no process behind', async () => {
    await until('all children are reaped', () => ownChildren().every((pid) => before.includes(pid)));
  });

  it('gives the fields in the types that are asked for', async () => {
    const { chunks, error } = await readAll({ input: fixture('ipv4.pcap'), fields: typed });
    expect(error).to.equal(null);
    const [first] = chunks;
    expect(first?.schema).to.deep.equal(typed);
    expect(first?.row(0)).to.deep.equal({
      'frame.number': 1,
      'frame.time_epoch': 1700000000000000000n,
      'ip.src': '10.1.0.10',
      'tcp.srcport': 40000,
      'tcp.flags': 2,
      'tcp.flags.syn': true,
      'tcp.analysis.ack_rtt': null,
    });
    expect(first?.row(1)['tcp.analysis.ack_rtt']).to.be.a('number').and.greaterThan(0);
  });

  it("finds the types in tshark's catalogue where only names are given", async () => {
    const { chunks } = await readAll({
      input: fixture('ipv4.pcap'),
      fields: [...Object.keys(typed), 'eth.src'],
    });
    expect(chunks[0]?.schema).to.deep.equal({ ...typed, 'eth.src': 'text' });
  });

  it('gives only what the display filter passes', async () => {
    const { rowCount } = await readAll({
      input: fixture('ipv4.pcap'),
      fields: ['frame.number'],
      filter: 'tcp.analysis.ack_rtt',
    });
    expect(rowCount).to.equal(knownSamples('ipv4'));
  });

  it('hands decode-as, preferences and the packet count on', async () => {
    const input = fixture('http-awkward-values.pcap');
    const fields = ['http.user_agent', 'ip.checksum.status'];
    const asNothing = { input, fields, filter: 'http', decodeAs: ['tcp.port==80,data'] };
    expect((await readAll(asNothing)).rowCount).to.equal(0);
    expect((await readAll({ input, fields, packetCount: 3 })).rowCount).to.equal(3);
    const checked = await readAll({ input, fields, preferences: ['ip.check_checksum:TRUE'], packetCount: 1 });
    const unchecked = await readAll({
      input,
      fields,
      preferences: ['ip.check_checksum:FALSE'],
      packetCount: 1,
    });
    expect(checked.chunks[0]?.row(0)).to.not.deep.equal(unchecked.chunks[0]?.row(0));
  });

  for (const suffix of ['gz', 'zst', 'lz4']) {
    it(`gives the same from a .${suffix}`, async () => {
      const plain = await readAll({ input: fixture('ipv4.pcap'), fields: typed });
      const compressed = await readAll({ input: fixture(`ipv4.pcap.${suffix}`), fields: typed });
      expect(compressed.error).to.equal(null);
      expect(compressed.chunks[0]?.toObjects()).to.deep.equal(plain.chunks[0]?.toObjects());
    });
  }

  it('joins files in order of time', async () => {
    const input = { join: [fixture('ring_00002.pcap'), fixture('ring_00001.pcap')] };
    const { chunks, error } = await readAll({ input, fields: { 'frame.time_epoch': 'time' } as const });
    expect(error).to.equal(null);
    const times = [...(chunks[0]?.column('frame.time_epoch') ?? [])].map(Number);
    expect(times.length).to.be.greaterThan(2);
    expect(times).to.deep.equal([...times].sort((a, b) => a - b));
    const filtered = { input, fields: ['frame.number'], filter: 'tcp.analysis.ack_rtt' };
    expect((await readAll(filtered)).rowCount).to.equal(knownSamples('ring'));
  });

  it('gives nothing, and no error, for a capture without packets', async () => {
    const { chunks, error } = await readAll({ input: fixture('no-packets.pcap'), fields: ['frame.number'] });
    expect({ chunks, error }).to.deep.equal({ chunks: [], error: null });
  });

  it('reads two captures at once', async () => {
    const fields = ['frame.number'];
    const [a, b] = await Promise.all(
      ['ipv4', 'demo'].map((name) =>
        readAll({ input: fixture(`${name}.pcap`), fields, filter: 'tcp.analysis.ack_rtt' }),
      ),
    );
    expect([a?.rowCount, b?.rowCount]).to.deep.equal([knownSamples('ipv4'), knownSamples('demo')]);
  });

  it('ends without a trace where the reader breaks off', async () => {
    for await (const chunk of capture({ input: fixture('demo.pcap'), fields: ['frame.number'] })) {
      expect(chunk.rowCount).to.be.greaterThan(0);
      break;
    }
  });

  it('starts nothing before the first chunk is asked for', () => {
    const chunks = capture({ input: fixture('demo.pcap'), fields: ['frame.number'] });
    expect(chunks[Symbol.asyncIterator]()).to.have.property('next');
    expect(ownChildren().filter((pid) => !before.includes(pid))).to.deep.equal([]);
  });
});

describe('awkward values', () => {
  const input = fixture('http-awkward-values.pcap');
  const fields = [
    'http.user_agent',
    'http.server',
    'http.request.line',
    'http.x_forwarded_for',
    'http.cookie',
  ];

  for (const field of fields) {
    it(`of ${field} are what tshark prints for it alone`, async () => {
      const { path } = await findTshark();
      const plain = execFileSync(path, ['-n', '-r', input, '-Y', 'http', '-T', 'fields', '-e', field], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const lines = plain.toString('utf8').split('\n').slice(0, -1);
      const { chunks } = await readAll({ input, fields: [field], occurrence: 'all', filter: 'http' });
      const values = chunks.flatMap((chunk) =>
        chunk.toObjects().map((row) => row[field] as readonly string[] | null),
      );
      // Plainly, several occurrences are parted by a comma, and none at all looks like an empty one.
      expect(values.map((value) => (value ?? []).join(','))).to.deep.equal(lines);
      expect(values.filter((value) => value !== null).length).to.be.greaterThan(5);
    });
  }

  it('tell none from an empty one, and several from one with a comma', async () => {
    const texts = { 'http.user_agent': 'text', 'http.x_forwarded_for': 'text' } as const;
    const { chunks } = await readAll({ input, fields: texts, filter: 'http' });
    const rows = chunks.flatMap((chunk) => chunk.toObjects());
    const agents = rows.map((row) => row['http.user_agent']);
    expect(agents).to.include('').and.include(null).and.include('"').and.include('"all quoted"');
    expect(rows[0]?.['http.x_forwarded_for']).to.equal('192.0.2.3');
    const all = await readAll({ input, fields: texts, filter: 'http', occurrence: 'all' });
    expect(all.chunks[0]?.row(0)['http.x_forwarded_for']).to.deep.equal([
      '192.0.2.1, 192.0.2.2',
      '192.0.2.3',
    ]);
  });
});
