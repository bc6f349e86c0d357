import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readFileSync, readdirSync, statSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import {
  capture,
  fileCapture,
  inMemoryCapture,
  liveCapture,
  pipeCapture,
  remoteCapture,
} from '../../src/index.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { fixture } from '../capture/fixtures.ts';
import { rejection } from '../sinks/rejection.ts';
import { until } from '../support/deadline.ts';
import { descendants } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startSshServer } from '../tshark/ssh-server.ts';
import { datagram, endlessBytes, endlessPackets } from './endless-packets.ts';
import { plainRows } from './plain-rows.ts';
import { udpTraffic } from './udp-traffic.ts';
import { wepFrame } from './wep.ts';

const input = fixture('ipv4.pcap');
const fields = ['frame.number', 'ip.src', 'tcp.len'] as const;

/** Rows as plain tshark prints them. */
function asText(rows: readonly object[]): string[][] {
  return rows.map((row) => Object.values(row).map((value) => String(value ?? '')));
}

describe('from pyshark: files', () => {
  const file = temporaryFolder();

  it('reads a capture file, packet by packet', async () => {
    const rows = [];
    for await (const row of fileCapture(input, { fields }).rows()) rows.push(row);
    expect(asText(rows)).to.deep.equal(await plainRows(['-r', input], fields));
  });

  it('selects packets with a display filter', async () => {
    const filter = 'tcp.len > 0 && ip.src == 10.1.0.10';
    const table = await fileCapture(input, { fields, filter }).toTable();
    expect(table.rowCount).to.be.above(0);
    expect(asText(table.toObjects())).to.deep.equal(await plainRows(['-r', input, '-Y', filter], fields));
  });

  it('decodes ports as another protocol', async () => {
    const rule = 'tcp.port==8080,echo';
    const protocols = async (decodeAs: readonly string[]) =>
      asText((await fileCapture(input, { fields: ['frame.protocols'], decodeAs }).toTable()).toObjects());
    expect(await protocols([rule])).to.deep.equal(
      await plainRows(['-r', input, '-d', rule], ['frame.protocols']),
    );
    expect(await protocols([rule])).to.not.deep.equal(await protocols([]));
  });

  it('takes preferences', async () => {
    const preference = 'tcp.relative_sequence_numbers:FALSE';
    const seq = async (preferences: readonly string[]) =>
      asText((await fileCapture(input, { fields: ['tcp.seq'], preferences }).toTable()).toObjects());
    expect(await seq([preference])).to.deep.equal(
      await plainRows(['-r', input, '-o', preference], ['tcp.seq']),
    );
    expect(await seq([preference])).to.not.deep.equal(await seq([]));
  });

  it('leaves a protocol out', async () => {
    const table = await fileCapture(input, {
      fields: ['frame.protocols', 'tcp.len'],
      disableProtocols: ['tcp'],
    }).toTable();
    expect(asText(table.toObjects())).to.deep.equal(
      await plainRows(['-r', input, '--disable-protocol', 'tcp'], ['frame.protocols', 'tcp.len']),
    );
    expect(table.column('tcp.len').get(0)).to.equal(null);
  });

  it('puts a protocol back that tshark leaves out by itself', async () => {
    const payload = datagram(50);
    // The trailer of parallel redundancy: number, network A and size of what stands behind the link layer, suffix.
    const size = payload.length - 14 + 6;
    const trailer = Buffer.from([0, 7, 0xa0 | (size >> 8), size & 0xff, 0x88, 0xfb]);
    const packets = [Buffer.concat([payload, trailer])];
    const numbers = async (options: { enableProtocols?: string[] }) => {
      const names = ['prp.trailer.prp_sequence_nr'] as const;
      return (await inMemoryCapture(packets, { fields: names, ...options }).toTable()).toObjects();
    };
    expect(await numbers({})).to.deep.equal([{ 'prp.trailer.prp_sequence_nr': null }]);
    expect(await numbers({ enableProtocols: ['prp'] })).to.deep.equal([{ 'prp.trailer.prp_sequence_nr': 7 }]);
  });

  it('uses the tshark that is named', async () => {
    const { path } = await findTshark();
    expect((await fileCapture(input, { fields, tshark: path }).toTable()).rowCount).to.equal(18);
    await rejection(fileCapture(input, { fields, tshark: file('no-tshark') }).toTable(), 'tshark_not_found');
  });

  it('ends after so many packets', async () => {
    expect((await fileCapture(input, { fields, packetCount: 3 }).toTable()).rowCount).to.equal(3);
  });

  it('joins files in order of time', async () => {
    const join = [fixture('ring_00002.pcap'), fixture('ring_00001.pcap')];
    const table = await fileCapture({ join }, { fields: ['frame.time_epoch'] }).toTable();
    const times = table.toObjects().map((row) => row['frame.time_epoch'] ?? 0n);
    expect(times).to.deep.equal([...times].sort((a, b) => (a < b ? -1 : 1)));
    const counts = await Promise.all(join.map((path) => fileCapture(path, { fields }).toTable()));
    expect(table.rowCount).to.equal(counts[0]!.rowCount + counts[1]!.rowCount);
  });

  it('keeps all packets in a table, to be counted, indexed and gone through again', async () => {
    const table = await fileCapture(input, { fields }).toTable();
    expect(table.rowCount).to.equal(18);
    expect(table.row(4)['frame.number']).to.equal(5);
    expect([...table.rows()]).to.deep.equal([...table.rows()]);
  });

  it('gives the next packet when it is asked for', async () => {
    const rows = fileCapture(input, { fields }).rows();
    expect((await rows.next()).value?.['frame.number']).to.equal(1);
    expect((await rows.next()).value?.['frame.number']).to.equal(2);
    await rows.return();
  });

  it('can be iterated once', async () => {
    const once = fileCapture(input, { fields });
    await once.toTable();
    const error = await rejection(once.toTable(), 'usage');
    expect(error.message).to.contain('once');
  });

  it('calls back for each packet, and waits for what the callback promises', async () => {
    const order: string[] = [];
    await fileCapture(input, { fields }).forEach(async (row) => {
      order.push(`begin ${row['frame.number'] ?? ''}`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`end ${row['frame.number'] ?? ''}`);
    });
    const numbers = Array.from({ length: 18 }, (_, i) => i + 1);
    expect(order).to.deep.equal(numbers.flatMap((number) => [`begin ${number}`, `end ${number}`]));
  });

  it('ends where the callback says so, or throws', async () => {
    const seen: unknown[] = [];
    await capture({ input: { packets: endlessPackets() }, fields }).forEach((row) => {
      seen.push(row['frame.number']);
      return seen.length < 5;
    });
    expect(seen).to.deep.equal([1, 2, 3, 4, 5]);
    const thrown = new Error('enough');
    const ended = fileCapture(input, { fields }).forEach(() => {
      throw thrown;
    });
    expect(await ended.catch((error: unknown) => error)).to.equal(thrown);
  });

  it('ends where it is closed, or goes out of scope', async () => {
    {
      await using scoped = capture({ input: { pipe: endlessBytes() }, fields });
      const rows = scoped.rows();
      expect((await rows.next()).done).to.equal(false);
    }
    const closed = capture({ input: { packets: endlessPackets() }, fields });
    const rows = closed.rows();
    await rows.next();
    await closed.close();
    let more = 0;
    for await (const row of rows) more += row['frame.number'] === null ? 0 : 1;
    expect(more).to.be.below(200_000);
    expect(
      descendants(process.pid).filter(({ commandLine }) => commandLine.includes('tshark\0')),
    ).to.deep.equal([]);
  });

  it('tells what tshark said where it fails, and the rows before that', async () => {
    const rows: unknown[] = [];
    const error = await rejection(
      fileCapture(fixture('cut-in-packet.pcap'), { fields }).forEach((row) => void rows.push(row)),
      'input_truncated',
    );
    expect(rows).not.to.be.empty;
    expect(error.detail).to.contain('cut short');
    expect(error.stderrTail.join('\n')).to.contain('cut short in the middle of a packet');
  });

  it('tells what tshark said of a wrong display filter, before anything is captured', async () => {
    const wrong = pipeCapture(endlessBytes(), { fields, filter: 'nosuch.field == 1' });
    const error = await rejection(wrong.toTable(), 'filter_invalid');
    expect(error.stderrTail.join('\n')).to.contain('nosuch.field');
  });

  it('gives the length, the time, the number and the interface of a packet', async () => {
    const names = [
      'frame.number',
      'frame.len',
      'frame.cap_len',
      'frame.time_epoch',
      'frame.interface_id',
    ] as const;
    const [row] = (await fileCapture(input, { fields: names }).toTable()).toObjects();
    const [plain] = await plainRows(['-r', input, '-c', '1'], names);
    const { 'frame.time_epoch': time, ...others } = row!;
    expect(time).to.equal(BigInt(plain![3]!.replace('.', '')));
    expect(asText([others])).to.deep.equal([plain!.filter((_, i) => i !== 3)]);
  });

  it('gives the layers of a packet, and whether one is there', async () => {
    const path = fixture('vlan.pcap');
    const table = await fileCapture(path, { fields: ['frame.protocols', 'tcp', 'udp'] as const }).toTable();
    const plain = await plainRows(['-r', path], ['frame.protocols']);
    expect(table.toObjects().map((row) => row['frame.protocols'])).to.deep.equal(plain.map(([text]) => text));
    const row = table.row(0);
    expect(row['frame.protocols']?.split(':')).to.include('vlan');
    expect([row.tcp === null, row.udp === null]).to.deep.equal([false, true]);
  });

  it('gives all values of a field that a packet has several of', async () => {
    const options = { fields: ['ip.addr'], occurrence: 'all' } as const;
    const rows = (await fileCapture(input, options).toTable()).toObjects();
    expect(rows[0]?.['ip.addr']).to.have.length(2);
    expect(rows.map((row) => row['ip.addr']?.join(','))).to.deep.equal(
      (await plainRows(['-r', input], ['ip.addr'], 'a')).flat(),
    );
    const first = await fileCapture(input, { fields: ['ip.addr'], occurrence: 'first' }).toTable();
    expect([...first.column('ip.addr')]).to.deep.equal(rows.map((row) => row['ip.addr']?.[0]));
  });

  it('gives the columns of a summary', async () => {
    const types = { '_ws.col.Protocol': 'text', '_ws.col.Info': 'text' } as const;
    const table = await fileCapture(input, { fields: types }).toTable();
    expect(asText(table.toObjects())).to.deep.equal(await plainRows(['-r', input], Object.keys(types)));
  });

  it('gives the types of fields, in the table and to TypeScript', async () => {
    const declared = { 'tcp.window_size_value': 'float64' } as const;
    const started = fileCapture(input, {
      fields: ['ip.src', 'tcp.len', 'tcp.window_size_value'],
      types: declared,
    });
    expect(await started.schema).to.deep.equal({ 'ip.src': 'text', 'tcp.len': 'uint32', ...declared });
    for await (const row of started.rows()) {
      const source: string | null = row['ip.src'];
      const window: number | null = row['tcp.window_size_value'];
      expect([typeof source, typeof window]).to.deep.equal(['string', 'number']);
    }
  });

  it('decrypts with keys that no list of processes shows', async () => {
    const key = '0a1b2c3d4e';
    const frame = wepFrame(Buffer.from(key, 'hex'), datagram(10));
    const wlan = [{ type: 'wep', key }] as const;
    const options = { fields: ['ip.src'] as const, linkType: 105 };
    async function* slowly() {
      yield frame;
      const all = await until('tshark ran', () => {
        const found = descendants(process.pid);
        return found.some(({ commandLine }) => /(?:^|\/)tshark\0/.test(commandLine)) ? found : undefined;
      });
      for (const { commandLine, environment } of all) expect(commandLine + environment).to.not.contain(key);
      yield frame;
    }
    const open = await inMemoryCapture(slowly(), { ...options, keys: { wlan } }).toTable();
    expect(open.toObjects()).to.deep.equal([{ 'ip.src': '10.0.0.1' }, { 'ip.src': '10.0.0.1' }]);
    const shut = await inMemoryCapture([frame], options).toTable();
    expect(shut.toObjects()).to.deep.equal([{ 'ip.src': null }]);
  });
});

describe('from pyshark: packets in memory and pipes', () => {
  const file = temporaryFolder();
  const names = ['frame.time_epoch', 'frame.len', 'udp.srcport'] as const;

  it('takes packets from memory, with their times', async () => {
    const packets = [1, 2].map((number) => ({
      data: datagram(10, number),
      timeNs: BigInt(number) * 1_000_000_007n,
    }));
    const table = await inMemoryCapture(packets, { fields: names }).toTable();
    expect(table.toObjects()).to.deep.equal([
      { 'frame.time_epoch': 1_000_000_007n, 'frame.len': 52, 'udp.srcport': 1 },
      { 'frame.time_epoch': 2_000_000_014n, 'frame.len': 52, 'udp.srcport': 2 },
    ]);
  });

  it('takes packets of another link type', async () => {
    const raw = datagram(4).subarray(14);
    const table = await inMemoryCapture([raw], {
      fields: ['ip.dst', 'udp.srcport'],
      linkType: 101,
    }).toTable();
    expect(table.row(0)).to.deep.equal({ 'ip.dst': '10.0.0.2', 'udp.srcport': 5000 });
  });

  it('gives the row of a packet before the next one is fed', async () => {
    const fed = new PassThrough({ objectMode: true });
    await using started = inMemoryCapture(fed as AsyncIterable<Buffer>, { fields: ['udp.srcport'] });
    const rows = started.rows();
    for (const port of [7, 8, 9]) {
      fed.write(datagram(1, port));
      expect((await rows.next()).value).to.deep.equal({ 'udp.srcport': port });
    }
  });

  it('takes a whole capture from memory or a stream', async () => {
    const expected = await plainRows(['-r', input], fields);
    for (const bytes of [createReadStream(input), new Uint8Array(readFileSync(input))])
      expect(asText((await capture({ input: bytes, fields }).toTable()).toObjects())).to.deep.equal(expected);
  });

  it('reads a pipe', async () => {
    const path = file('pipe');
    execFileSync('mkfifo', [path]);
    // Writing waits until somebody reads.
    const writer = spawn('sh', ['-c', 'exec cat "$0" > "$1"', input, path], { stdio: 'ignore' });
    const written = once(writer, 'exit');
    const table = await pipeCapture(path, { fields, filter: 'tcp.len > 0' }).toTable();
    expect(asText(table.toObjects())).to.deep.equal(
      await plainRows(['-r', input, '-Y', 'tcp.len > 0'], fields),
    );
    await written;
  });
});

describe('from pyshark: live', () => {
  const traffic = udpTraffic();
  const file = temporaryFolder();
  before(function () {
    if (process.getuid?.() !== 0) this.skip();
  });

  it('captures on an interface with a capture filter until so many packets', async () => {
    const started = liveCapture('lo', {
      fields: ['udp.dstport', 'frame.number'],
      captureFilter: `udp port ${traffic.port}`,
      packetCount: 10,
    });
    const rows = (await started.toTable()).toObjects();
    expect(rows).to.deep.equal(
      Array.from({ length: 10 }, (_, i) => ({ 'udp.dstport': traffic.port, 'frame.number': i + 1 })),
    );
    expect(started.counts).to.deep.include({
      rows: 10,
      packets: 10,
      dropped: { kernel: 0, program: 0, interface: 0 },
    });
  });

  it('ends after a time', async () => {
    const table = await liveCapture('lo', {
      fields: ['udp.dstport'],
      captureFilter: `udp port ${traffic.port}`,
      timeoutMs: 3000,
    }).toTable();
    expect(new Set(table.column('udp.dstport')).size).to.be.at.most(1);
  });

  it('writes the packets to files that follow each other', async () => {
    const path = file('ring.pcapng');
    const seen = await liveCapture('lo', {
      fields: ['frame.number'],
      captureFilter: `udp port ${traffic.port}`,
      packetCount: 60,
      write: { path, fileBytes: 2000, files: 2 },
    }).toTable();
    const files = readdirSync(file()).filter((name) => name.startsWith('ring'));
    expect(files).to.have.length(2);
    for (const name of files) expect(statSync(file(name)).size).to.be.below(4000);
    expect(seen.rowCount).to.equal(60);
  });

  it('refuses monitor mode where there is none, and an interface that does not exist', async () => {
    await rejection(liveCapture('lo', { fields, monitorMode: true }).toTable(), 'capture_failed');
    const error = await rejection(liveCapture('nosuch0', { fields }).toTable(), 'capture_failed');
    expect(error.message).to.contain('"nosuch0"');
  });

  it('captures on another host', async () => {
    const sshd = await startSshServer();
    try {
      const table = await remoteCapture(`ssh://${sshd.user}@127.0.0.1:${sshd.port}`, {
        interface: 'lo',
        sshOptions: sshd.sshOptions,
        fields: ['udp.dstport'],
        captureFilter: `udp port ${traffic.port}`,
        packetCount: 5,
      }).toTable();
      expect([...table.column('udp.dstport')]).to.deep.equal(Array.from({ length: 5 }, () => traffic.port));
    } finally {
      await sshd.stop();
    }
  });

  it('counts on where one tshark follows another', async () => {
    const packets = { packets: endlessPackets() };
    const generation = { packets: 4000, overlapSeconds: 1 };
    const { packetBytes } = await import('../../src/packets/packet-bytes.ts');
    const started = pipeCapture(packetBytes(packets), {
      fields: ['frame.number'],
      packetCount: 17_000,
      generation,
    });
    let last = 0;
    await started.forEach((row) => {
      last += 1;
      if (row['frame.number'] !== last)
        throw new Error(`${row['frame.number'] ?? 'null'} in place of ${last}`);
    });
    expect(last).to.equal(17_000);
    expect(started.counts.tsharks).to.be.above(1);
  });
});
