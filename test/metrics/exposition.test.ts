import { expect } from 'chai';
import { encodeInSlices } from '../../src/metrics/encode-in-slices.ts';
import { expositionFormats } from '../../src/metrics/exposition-formats.ts';
import type { HistogramSample, MetricFamily } from '../../src/metrics/metric-family.ts';

/** As many groups as asked for, made when they are asked for. */
function* manySamples(count: number): Generator<HistogramSample> {
  const bounds = [0.001, 1];
  for (let i = 0; i < count; i++) {
    yield { labels: { src: `10.0.0.${i}`, dst: 'é' }, bounds, cumulativeCounts: [i, i], count: i, sum: i };
  }
}

function histogram(samples: Iterable<HistogramSample>): MetricFamily {
  return { type: 'histogram', name: 'rtt_seconds', help: 'Round trips.', unit: 'seconds', samples };
}

describe('the exposition formats', () => {
  for (const [name, { encode }] of [
    ['text', expositionFormats.text],
    ['openMetrics', expositionFormats.openMetrics],
  ] as const) {
    it(`come in chunks of some 64 KiB, none of which cuts a sample: ${name}`, () => {
      const chunks = [...encode([histogram(manySamples(5000))])];
      expect(chunks.length).to.be.greaterThan(10);
      for (const chunk of chunks.slice(0, -1)) {
        expect(chunk.length).to.be.within(64 * 1024, 65 * 1024);
        expect(chunk).to.match(/\nrtt_seconds_count\{[^\n]*\} \d+\n$/);
      }
    });

    it(`ask for a sample when it is its turn: ${name}`, () => {
      let asked = 0;
      const counted = function* (): Generator<HistogramSample> {
        for (const sample of manySamples(5000)) {
          asked++;
          yield sample;
        }
      };
      encode([histogram(counted())]).next();
      expect(asked).to.be.lessThan(500);
    });
  }

  it('end as they must, without metrics too', () => {
    expect([...expositionFormats.openMetrics.encode([])]).to.deep.equal(['# EOF\n']);
    expect([...expositionFormats.text.encode([])]).to.deep.equal([]);
  });

  it('write a counter, an info and a state set as each of them knows them', () => {
    const families: MetricFamily[] = [
      {
        type: 'counter',
        name: 'read_bytes',
        help: 'A "count".',
        unit: 'bytes',
        samples: [{ labels: {}, value: 2 }],
      },
      { type: 'info', name: 'build', help: 'Facts.', unit: 'build', samples: [{ labels: { v: '1' } }] },
      { type: 'stateset', name: 's', help: 'S.', states: ['a', 'b'], samples: [{ labels: {}, state: 'b' }] },
      { type: 'gauge', name: 'lag', help: 'No unit in its name.', unit: 'seconds', samples: [] },
    ];
    expect([...expositionFormats.openMetrics.encode(families)].join('').split('\n')).to.deep.equal([
      '# HELP read_bytes A \\"count\\".',
      '# TYPE read_bytes counter',
      '# UNIT read_bytes bytes',
      'read_bytes_total 2',
      '# HELP build Facts.',
      '# TYPE build info',
      'build_info{v="1"} 1',
      '# HELP s S.',
      '# TYPE s stateset',
      's{s="a"} 0',
      's{s="b"} 1',
      '# HELP lag No unit in its name.',
      '# TYPE lag gauge',
      '# EOF',
      '',
    ]);
    expect([...expositionFormats.text.encode(families)].join('').split('\n')).to.deep.equal([
      '# HELP read_bytes_total A "count".',
      '# TYPE read_bytes_total counter',
      'read_bytes_total 2',
      '# HELP build_info Facts.',
      '# TYPE build_info gauge',
      'build_info{v="1"} 1',
      '# HELP s S.',
      '# TYPE s gauge',
      's{s="a"} 0',
      's{s="b"} 1',
      '# HELP lag No unit in its name.',
      '# TYPE lag gauge',
      '',
    ]);
  });
});

describe('encoding in slices', () => {
  it('gives the bytes of all chunks', async () => {
    const text = [...expositionFormats.text.encode([histogram(manySamples(2000))])].join('');
    const bytes = await encodeInSlices(expositionFormats.text.encode([histogram(manySamples(2000))]));
    expect(bytes.equals(Buffer.from(text, 'utf8'))).to.be.true;
    expect(await encodeInSlices([])).to.have.length(0);
  });

  it('lets others have their turn between chunks', async () => {
    const turns: string[] = [];
    const chunks = function* (): Generator<string> {
      for (const chunk of ['a', 'b', 'c']) {
        setImmediate(() => turns.push(`after ${chunk}`));
        turns.push(chunk);
        yield chunk;
      }
    };
    await encodeInSlices(chunks(), 0);
    expect(turns).to.deep.equal(['a', 'after a', 'b', 'after b', 'c', 'after c']);
  });

  it('fails as its chunks do', async () => {
    const failing = function* (): Generator<string> {
      yield 'a';
      throw new Error('no more');
    };
    const failure = await encodeInSlices(failing()).catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message', 'no more');
  });
});
