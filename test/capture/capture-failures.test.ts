import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { capture } from '../../src/packets/capture.ts';
import { rejection } from '../sinks/rejection.ts';
import { fakeTool, ownChildren, until } from '../tshark/processes.ts';
import { fixture, knownSamples } from './fixtures.ts';
import { readAll } from './reading.ts';

const fields = ['frame.number'];

describe('a capture that fails', () => {
  let before: readonly number[];
  let folder: string;

  beforeEach(() => {
    before = ownChildren();
    folder = mkdtempSync(join(tmpdir(), 'rttshark-capture-'));
  });

  afterEach('leaves no process behind', async () => {
    rmSync(folder, { recursive: true, force: true });
    await until('all children are reaped', () => ownChildren().every((pid) => before.includes(pid)));
  });

  for (const { title, input, says } of [
    { title: 'is missing', input: '/nowhere/a.pcap', says: '"/nowhere/a.pcap" does not exist' },
    { title: 'is a folder', input: tmpdir(), says: 'is a folder' },
    { title: 'is empty', input: fixture('empty.pcap'), says: 'is empty' },
    { title: 'is a text', input: fixture('plain-text.pcap'), says: 'is not a capture' },
    { title: 'is a device', input: '/dev/null', says: '"/dev/null"' },
  ]) {
    it(`because the input ${title}`, async () => {
      const { rowCount, error } = await readAll({ input, fields });
      expect(rowCount).to.equal(0);
      expect(error?.code, error?.message).to.equal('input_unreadable');
      expect(error?.message).to.include(says);
    });
  }

  it('because one of the files to be joined is missing', async () => {
    const { error } = await readAll({ input: { join: [fixture('ipv4.pcap'), '/nowhere/b'] }, fields });
    expect(error?.code).to.equal('input_unreadable');
    expect(error?.message).to.include('"/nowhere/b"');
  });

  for (const name of [
    'cut-in-packet.pcap',
    'cut-in-packet.pcap.gz',
    'cut-in-record-header.pcap',
    'bad-record-length.pcap',
  ]) {
    it(`after the rows up to the damage: ${name}`, async () => {
      const { rowCount, error } = await readAll({ input: fixture(name), fields });
      expect(rowCount).to.equal(12);
      expect(error?.code).to.equal('input_truncated');
      expect(error?.message).to.include(name);
      expect(error?.hint).to.include('12 rows');
      const samples = await readAll({ input: fixture(name), fields, filter: 'tcp.analysis.ack_rtt' });
      expect(samples.rowCount).to.equal(knownSamples(name.replace(/\..*/, '')));
    });
  }

  it('at a cut within the header, with no rows', async () => {
    const { rowCount, error } = await readAll({ input: fixture('cut-in-file-header.pcap'), fields });
    expect([rowCount, error?.code]).to.deep.equal([0, 'input_truncated']);
  });

  it('at a cut in one of the files that are joined', async () => {
    const input = { join: [fixture('cut-in-packet.pcap'), fixture('ipv4.pcap')] };
    const { rowCount, error } = await readAll({ input, fields });
    expect(rowCount).to.be.greaterThan(12);
    expect(error?.code).to.equal('input_truncated');
    expect(error?.detail).to.include('cut-in-packet.pcap');
  });

  for (const suffix of ['zst', 'lz4'] as const) {
    it(`where a .${suffix} is cut, of which tshark says nothing`, async () => {
      const whole = readFileSync(fixture(`ipv4.pcap.${suffix}`));
      for (const length of [5, 8, Math.floor(whole.length / 2), whole.length - 1]) {
        const input = join(folder, `cut at ${length}.pcap.${suffix}`);
        writeFileSync(input, whole.subarray(0, length));
        const { error } = await readAll({ input, fields });
        expect(error?.code, `cut at ${length}`).to.equal('input_truncated');
        expect(error?.detail).to.include(input);
      }
    });

    it(`not where a cut .${suffix} gave all packets that were asked for`, async () => {
      const input = join(folder, `cut.${suffix}`);
      writeFileSync(input, readFileSync(fixture(`ipv4.pcap.${suffix}`)).subarray(0, -1));
      const { rowCount, error } = await readAll({ input, fields, packetCount: 3 });
      expect([rowCount, error]).to.deep.equal([3, null]);
    });
  }

  it('where a cut .zst is joined with others', async () => {
    const input = join(folder, 'cut.zst');
    writeFileSync(input, readFileSync(fixture('ipv4.pcap.zst')).subarray(0, -1));
    const { error } = await readAll({ input: { join: [fixture('ipv4.pcap'), input] }, fields });
    expect(error?.code).to.equal('input_truncated');
    expect(error?.detail).to.include(input).and.not.include('ipv4.pcap');
  });

  it('because a field is not known, before anything is read', async () => {
    const { error } = await readAll({ input: '/nowhere', fields: ['ip.src', 'tcp.anlysis.ack_rtt'] });
    expect(error?.exitStatus).to.equal(23);
    expect(error?.hint).to.include('"tcp.analysis.ack_rtt"');
  });

  it('because a field is not known, as tshark says where preferences could declare it', async () => {
    const preferences = ['ip.check_checksum:FALSE'];
    const { error } = await readAll({ input: fixture('ipv4.pcap'), fields: ['tcp.nonesuch'], preferences });
    expect(error?.code).to.equal('filter_invalid');
    expect(error?.detail).to.include('tcp.nonesuch');
  });

  for (const filter of ['tcp.port ==', 'tcp.prt', 'tcp.port == "abc"', 'tcp) or (udp', '-x']) {
    it(`because of the display filter ${filter}`, async () => {
      const { error } = await readAll({ input: fixture('ipv4.pcap'), fields, filter });
      expect(error?.code).to.equal('filter_invalid');
      expect(error?.message).to.include(`"${filter}"`);
    });
  }

  it('names what is near an unknown name in the filter', async () => {
    const { error } = await readAll({
      input: fixture('ipv4.pcap'),
      fields,
      filter: 'tcp && tcp.analysis.ack_rt',
    });
    expect(error?.hint).to.include('"tcp.analysis.ack_rtt"');
    expect(error?.detail).to.include('tcp.analysis.ack_rt');
  });

  it('because of the filter, though a file that is joined is cut', async () => {
    const input = { join: [fixture('cut-in-packet.pcap'), fixture('ipv4.pcap')] };
    expect((await readAll({ input, fields, filter: 'tcp.prt' })).error?.code).to.equal('filter_invalid');
  });

  for (const { title, options } of [
    { title: 'a preference', options: { preferences: ['no.such:1'] } },
    { title: 'the form of a preference', options: { preferences: ['tcp.check_checksum'] } },
    { title: 'a decode-as', options: { decodeAs: ['tcp.port==80,nonesuch'] } },
    { title: 'the selector of a decode-as', options: { decodeAs: ['tcp.port==x,http'] } },
  ]) {
    it(`because of ${title}`, async () => {
      const { error } = await readAll({ input: fixture('ipv4.pcap'), fields, ...options });
      expect(error?.code, error?.detail).to.equal('usage');
      expect(error?.detail?.split('\n').length).to.be.within(1, 5);
    });
  }

  for (const packetCount of [0, -1, 1.5, NaN]) {
    it(`because of the packet count ${packetCount}`, async () => {
      const { error } = await readAll({ input: fixture('ipv4.pcap'), fields, packetCount });
      expect(error?.code).to.equal('usage');
      expect(error?.message).to.include(`"${packetCount}"`);
    });
  }

  it('because there is no tshark, or an old one', async () => {
    const input = fixture('ipv4.pcap');
    await rejection(capture({ input, fields, tshark: '/nowhere/tshark' }).toTable(), 'tshark_not_found');
    await rejection(capture({ input, fields, tshark: fakeTool('old-version') }).toTable(), 'tshark_too_old');
  });
});
