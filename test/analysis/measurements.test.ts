import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { analyze, type AnalyzeOptions } from '../../src/analysis/analyze.ts';
import type { Analysis } from '../../src/analysis/analysis.ts';
import { RttsharkError } from '../../src/errors.ts';
import { tcpEvents, counterFilter } from '../../src/measure/packet-counter.ts';
import { presets } from '../../src/measure/presets.ts';
import { SortedValues } from '../../src/measure/sorted-values.ts';
import { fixture } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { endFields, endOf, plainFields } from './plain-fields.ts';

const services = fixture('recorded-services.pcapng');

/** For each group the texts of its values, sorted: `src dst` to `['0.001', …]`. */
type Values = Map<string, number[]>;

function put(values: Values, key: string, ...more: number[]): void {
  values.set(
    key,
    [...(values.get(key) ?? []), ...more].sort((a, b) => a - b),
  );
}

function measuredValues({ measurements }: Analysis, name: string): Values {
  const result = measurements.find((measured) => measured.name === name);
  if (result === undefined) throw new Error(`${name} was not measured`);
  return new Map(
    result.groups.map(({ labels, distribution }) => [
      Object.values(labels).join(' '),
      distribution instanceof SortedValues ? [...distribution.values] : [],
    ]),
  );
}

/** What tshark prints for a field, as decimal fractions of seconds. */
async function plainValues(capture: string, field: string, { inMs = false } = {}): Promise<Values> {
  const values: Values = new Map();
  for (const row of await plainFields(capture, field, [...endFields, field])) {
    const texts = field.startsWith('tcp.') ? (row[field] ?? []).slice(-1) : (row[field] ?? []);
    put(
      values,
      `${endOf(row, 'src')} ${endOf(row, 'dst')}`,
      ...texts.map((text) => Number(inMs ? `${text}e-3` : text)),
    );
  }
  return values;
}

async function failure(options: AnalyzeOptions): Promise<RttsharkError> {
  try {
    await analyze(options);
  } catch (error) {
    if (error instanceof RttsharkError) return error;
    throw error;
  }
  throw new Error('it succeeded');
}

describe('analysis: measurements', function () {
  const file = temporaryFolder();
  /** TCP, DNS, HTTP and echo, with everything that can happen to a segment. */
  let mixed: string;
  before(() => {
    mixed = file('mixed.pcapng');
    execFileSync('mergecap', [
      '-a',
      ...['-w', mixed],
      ...[
        'recorded-services.pcapng',
        'impairments.pcap',
        'recorded-iperf3.pcapng',
        'recorded-ipv6.pcapng',
      ].map(fixture),
    ]);
  });

  it('are those that tshark prints, field by field, in one reading, with the events of TCP beside them', async () => {
    const analysis = await analyze({
      inputs: [mixed],
      measurements: ['tcp,dns', 'http', 'icmp,icmpv6'],
      counters: true,
    });
    expect(analysis.problems).to.deep.equal([]);
    const expected = {
      tcp_ack_rtt: await plainValues(mixed, 'tcp.analysis.ack_rtt'),
      dns_time: await plainValues(mixed, 'dns.time'),
      http_time: await plainValues(mixed, 'http.time'),
      icmp_resptime: await plainValues(mixed, 'icmp.resptime', { inMs: true }),
      icmpv6_resptime: await plainValues(mixed, 'icmpv6.resptime', { inMs: true }),
    };
    expect(analysis.measurements.map(({ name }) => name)).to.deep.equal(Object.keys(expected));
    for (const [name, values] of Object.entries(expected)) {
      expect(values, name).to.not.be.empty;
      expect(measuredValues(analysis, name), name).to.deep.equal(values);
    }
    const counted = Object.fromEntries(
      analysis.counters.map(({ name, groups }) => [
        name,
        Object.fromEntries(groups.map(({ labels, count }) => [Object.values(labels).join(' '), count])),
      ]),
    );
    await Promise.all(
      tcpEvents.map(async (counter) => {
        const packets: Record<string, number> = {};
        for (const row of await plainFields(mixed, counterFilter(counter), endFields)) {
          const key = `${endOf(row, 'src')} ${endOf(row, 'dst')}`;
          packets[key] = (packets[key] ?? 0) + 1;
        }
        expect(counted[counter.name], counter.name).to.deep.equal(packets);
      }),
    );
    expect(Object.keys(counted['tcp_retransmissions'] ?? {})).to.not.be.empty;
  });

  it('give TCP the values that it has alone', async () => {
    const [alone, beside] = await Promise.all([
      analyze({ inputs: [mixed] }),
      analyze({ inputs: [mixed], measurements: ['dns', 'tcp'], counters: true }),
    ]);
    expect(measuredValues(beside, 'tcp_ack_rtt')).to.deep.equal(measuredValues(alone, 'tcp_ack_rtt'));
    expect(alone.counters).to.deep.equal([]);
  });

  it('take a handshake once a connection', async () => {
    const first = new Map<string, Record<string, string[]>>();
    const fields = [...endFields, 'tcp.stream', 'tcp.analysis.initial_rtt'];
    for (const row of await plainFields(mixed, 'tcp.analysis.initial_rtt', fields)) {
      const stream = row['tcp.stream']?.at(-1) ?? '';
      if (!first.has(stream)) first.set(stream, row);
    }
    const expected: Values = new Map();
    for (const row of first.values()) {
      const value = Number(row['tcp.analysis.initial_rtt']?.at(-1));
      put(expected, `${endOf(row, 'src')} ${endOf(row, 'dst')}`, value);
    }
    expect(expected).to.not.be.empty;
    const analysis = await analyze({ inputs: [mixed], measurements: ['handshake'] });
    expect(measuredValues(analysis, 'tcp_initial_rtt')).to.deep.equal(expected);
  });

  it('can be any field, by a name of its own and in its own unit', async () => {
    const { measurements } = await analyze({
      inputs: [services],
      measurements: ['quick=icmp.resptime:us,frame.time_relative'],
      by: [],
    });
    const rows = await plainFields(services, 'icmp.resptime', ['icmp.resptime']);
    const texts = rows.flatMap((row) => row['icmp.resptime'] ?? []);
    const values = texts.map((text) => Number(`${text}e-6`)).sort((a, b) => a - b);
    expect(measurements.map(({ name, field }) => [name, field])).to.deep.equal([
      ['quick', 'icmp.resptime'],
      ['frame_time_relative', 'frame.time_relative'],
    ]);
    const [{ distribution }] = measurements;
    expect(distribution instanceof SortedValues && [...distribution.values]).to.deep.equal(values);
  });

  it('can have a filter and labels of their own', async () => {
    const { measurements } = await analyze({
      inputs: [services],
      measurements: [
        {
          name: 'found',
          field: 'dns.time',
          unit: 'seconds',
          title: 'found',
          filter: 'dns.flags.rcode == 0 or dns.flags.rcode == 1',
          labels: { kind: { field: 'dns.qry.type' }, site: { constant: 'here' }, dns_name: 'dns_name' },
        },
      ],
      by: ['src'],
    });
    const rows = await plainFields(services, 'dns.time and dns.flags.rcode == 0', ['dns.time']);
    const [{ groups, total }] = measurements;
    expect(total.count).to.equal(rows.flatMap((row) => row['dns.time'] ?? []).length);
    expect(groups[0]?.labels).to.include({ kind: '1', site: 'here' });
    expect(Object.keys(groups[0]?.labels ?? {})).to.deep.equal(['src', 'kind', 'site', 'dns_name']);
  });

  it('are known to the installed tshark, all presets of them', async () => {
    const { measurements } = await analyze({
      inputs: [services],
      measurements: presets.map(({ preset }) => preset),
      by: [],
    });
    expect(measurements.map(({ name }) => name)).to.deep.equal(presets.map(({ name }) => name));
  });

  describe('labels', () => {
    it('are the names that answers of DNS gave, the ports of any transport, what was asked for, and fields', async () => {
      const by = [
        'src_name',
        'src_port',
        'dns_name',
        'kind=dns.qry.type',
        'http_host',
        'http.response.code',
      ] as const;
      const analysis = await analyze({ inputs: [services], measurements: ['dns', 'http'], by, filter: 'ip' });
      expect([...measuredValues(analysis, 'dns_time').keys()].sort()).to.deep.equal(
        [
          // Before the first answer, which is read while its packet is dissected, nobody has a name.
          'www.example.org 53 mail.example.org 1  ',
          'www.example.org 53 slow.example.org 1  ',
          'www.example.org 53 www.example.org 1  ',
          '10.77.0.5 53 www.example.org 1  ',
        ].sort(),
      );
      expect([...measuredValues(analysis, 'http_time').keys()].sort()).to.deep.equal([
        'www.example.org 80   mail.example.org 200',
        'www.example.org 80   mail.example.org 404',
        'www.example.org 80   www.example.org 200',
        'www.example.org 80   www.example.org 404',
      ]);
      expect(analysis.measurements[0].labelNames).to.deep.equal([
        'src_name',
        'src_port',
        'dns_name',
        'kind',
        'http_host',
        'http_response_code',
      ]);
    });

    it('belong to their own value, where a packet has several answers', async () => {
      const analysis = await analyze({
        inputs: [services],
        measurements: ['dns'],
        by: ['dns_name'],
        filter: 'tcp',
      });
      const counts = analysis.measurements[0].groups.map(({ labels, statistics }) => [
        labels['dns_name'],
        statistics.count,
      ]);
      expect(counts).to.deep.equal([
        ['mail.example.org', 2],
        ['www.example.org', 2],
      ]);
    });

    it('are networks', async () => {
      const prefix = { ipv4: 24, ipv6: 64 };
      const { measurements } = await analyze({ inputs: [services], prefix });
      expect(measurements[0].groups.map(({ labels }) => Object.values(labels))).to.deep.include([
        '10.77.0.0/24',
        '10.77.0.0/24',
      ]);
    });
  });

  it('have no more groups than are wanted, the largest ones; nothing is lost', async () => {
    const options = { inputs: [mixed], counters: true } as const;
    const [all, few] = await Promise.all([analyze(options), analyze({ ...options, maxGroups: 2 })]);
    const [{ groups, total }] = all.measurements;
    const [limited] = few.measurements;
    const kept = limited.groups.filter(({ labels }) => labels['src'] !== 'other');
    expect(limited.otherGroups).to.equal(groups.length - 2);
    expect(kept.map(({ labels, statistics }) => [labels, statistics])).to.deep.equal(
      groups.slice(0, 2).map(({ labels, statistics }) => [labels, statistics]),
    );
    const other = limited.groups.find(({ labels }) => labels['src'] === 'other');
    expect(other?.labels).to.deep.equal({ src: 'other', dst: 'other' });
    expect(other?.statistics.count).to.equal(
      groups.slice(2).reduce((sum, { statistics }) => sum + statistics.count, 0),
    );
    expect(limited.total).to.deep.equal(total);
    for (const [i, counter] of few.counters.entries()) {
      expect(counter.groups.length).to.be.at.most(3);
      expect(counter.groups.reduce((sum, { count }) => sum + count, 0)).to.equal(all.counters[i]?.total);
    }
  });

  describe('are refused', () => {
    const own = { name: 'x', field: 'dns.time', unit: 'seconds', title: 'x', filter: 'udp' } as const;
    const cases: readonly (readonly [string, Partial<AnalyzeOptions>, string, RegExp])[] = [
      ['where their name is not known', { measurements: ['dsn'] }, 'usage', /no measurement "dsn"/],
      [
        'where one is named twice',
        { measurements: ['dns', 'dns_time'] },
        'usage',
        /"dns_time" is measured twice/,
      ],
      [
        'where tshark has no such field',
        { measurements: ['dns.tiem'] },
        'filter_invalid',
        /no field "dns.tiem"/,
      ],
      [
        'with a filter of their own beside others',
        { measurements: [own, 'tcp'] },
        'usage',
        /measured by itself/,
      ],
      ['with a filter and counters', { measurements: [own], counters: true }, 'usage', /measured by itself/],
      [
        'without TCP, where its segments are to be told',
        { measurements: ['dns'], excludeRetransmitted: true },
        'usage',
        /tcp_ack_rtt/,
      ],
      [
        'with -Y, where segments are to be told',
        { excludeRetransmitted: true, filter: 'tcp' },
        'usage',
        /-Y/,
      ],
      [
        'with a filter whose brackets do not pair',
        { measurements: [{ ...own, filter: ')(' }] },
        'filter_invalid',
        /brackets/,
      ],
      ['with a label that is none', { by: ['src', 'x y.z'] }, 'usage', /grouped by "x y.z"/],
    ];
    for (const [what, options, code, message] of cases) {
      it(what, async () => {
        const error = await failure({ inputs: [services], ...options });
        expect(error.code).to.equal(code);
        expect(error.message).to.match(message);
      });
    }
  });
});
