import { expect } from 'chai';
import fc from 'fast-check';
import { BucketMarks, bucketOf } from '../../src/measure/bucket-marks.ts';
import { markLabels } from '../../src/measure/mark-labels.ts';
import type { MarkedSample } from '../../src/measure/marked-sample.ts';
import { bucketExemplars } from '../../src/metrics/exemplars.ts';
import type { MetricFamily } from '../../src/metrics/metric-family.ts';
import { openMetricsExposition } from '../../src/metrics/open-metrics-exposition.ts';
import { textExposition } from '../../src/metrics/text-exposition.ts';
import { python } from './python-client.ts';

const bounds = [1, 2, 4];

function mark(value: number, frame = 1): MarkedSample {
  return { value, time: 5n, packet: { frame, stream: '0', file: 'a.pcap' } };
}

function offered(values: readonly number[], choice: 'largest' | 'latest', firstFrame = 0): BucketMarks {
  const marks = new BucketMarks(bounds, choice);
  values.forEach((value, i) => {
    marks.offer(value, () => mark(value, firstFrame + i));
  });
  return marks;
}

describe('the marks of buckets', () => {
  const values = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 30 });

  it('are the largest sample of each bucket, the first of equals', () => {
    fc.assert(
      fc.property(values, values, (some, others) => {
        const marks = offered(some, 'largest');
        marks.addAll(offered(others, 'largest', some.length));
        const all = [...some, ...others];
        const expected = [0, 1, 2, 3].flatMap((bucket) => {
          const largest = Math.max(...all.filter((value) => bucketOf(bounds, value) === bucket));
          return largest === -Infinity ? [] : [mark(largest, all.indexOf(largest))];
        });
        expect(marks.list()).to.deep.equal(expected);
      }),
    );
  });

  it('are the latest sample of each bucket', () => {
    fc.assert(
      fc.property(values, (all) => {
        const expected = [0, 1, 2, 3].flatMap((bucket) => {
          const at = all.findLastIndex((value) => bucketOf(bounds, value) === bucket);
          return at === -1 ? [] : [mark(all[at]!, at)];
        });
        expect(offered(all, 'latest').list()).to.deep.equal(expected);
      }),
    );
  });
});

describe('the labels of an exemplar', () => {
  it('name frame, stream and file, in 128 characters at most', () => {
    const unit = fc.constantFrom('a', '/', 'é', '😀', '"');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), fc.nat(), fc.nat(), (file, frame, stream) => {
        const labels = markLabels({ value: 1, time: 0n, packet: { frame, stream: `${stream}`, file } });
        const characters = Array.from(Object.entries(labels).flat().join('')).length;
        expect(characters).to.be.at.most(128);
        expect(labels).to.include({ frame: `${frame}`, stream: `${stream}` });
        const shown = labels['file'] ?? '';
        if (shown !== file) {
          expect(characters).to.equal(128);
          expect(file.endsWith(shown.replace(/^…/, ''))).to.equal(true);
        }
      }),
    );
  });

  it('leave out what is not known', () => {
    const packet = { frame: 7, stream: '', file: null };
    expect(markLabels({ value: 1, time: 5n, packet })).to.deep.equal({ frame: '7' });
    expect(markLabels({ value: 1, time: 1_500_000_000n, packet: null })).to.deep.equal({
      time: '1.500000000',
    });
    expect(markLabels({ value: 1, time: null, packet: null })).to.deep.equal({});
  });
});

describe('exemplars', () => {
  const times = (marks: readonly MarkedSample[], kind: 'classic' | 'native', nowMs: number) =>
    bucketExemplars(marks, bounds, kind, nowMs).map((exemplar) => exemplar?.atMs);

  it('keep the time when they were first given out, one after the other as they are written', () => {
    const [a, b, c] = [mark(1), mark(2), mark(9)];
    expect(times([a, c], 'classic', 1000)).to.deep.equal([1000, undefined, undefined, 1001]);
    expect(times([a, b, c], 'classic', 2000)).to.deep.equal([1000, 2000, undefined, 1001]);
    // The clock was set back.
    expect(times([a, b, mark(9)], 'classic', 10)).to.deep.equal([1000, 2000, undefined, 2001]);
    expect(times([mark(1), mark(9)], 'native', 1000)).to.deep.equal([1001, undefined, undefined, 1000]);
  });

  const family: MetricFamily = {
    type: 'histogram',
    name: 'rtt_seconds',
    help: 'R.',
    unit: 'seconds',
    samples: [
      {
        labels: { src: 'a' },
        bounds,
        cumulativeCounts: [1, 1, 1],
        count: 2,
        sum: 10,
        exemplars: bucketExemplars(
          [mark(0.000012), { ...mark(9), packet: { frame: 2, stream: '', file: 'a "\\\n' } }],
          bounds,
          'classic',
          1_700_000_000_123,
        ),
      },
    ],
  };

  it("are what Python's parser finds in OpenMetrics", () => {
    const found = python(
      `
from prometheus_client.openmetrics.parser import text_string_to_metric_families
answer = [[s.labels['le'], s.exemplar.labels, s.exemplar.value, s.exemplar.timestamp.__str__()]
          for f in text_string_to_metric_families(asked) for s in f.samples if s.exemplar]`,
      [...openMetricsExposition([family])].join(''),
    );
    expect(found).to.deep.equal([
      ['1.0', { stream: '0', frame: '1', file: 'a.pcap' }, 0.000012, '1700000000.123000000'],
      ['+Inf', { frame: '2', file: 'a "\\\n' }, 9, '1700000000.124000000'],
    ]);
  });

  it('are not in the text format', () => {
    const line = /^rtt_seconds_bucket\{src="a",le="1"\} 1$/m;
    expect([...textExposition([family])].join('')).to.match(line);
  });
});
