import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { statisticNames } from '../../src/measure/statistics.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';
import { analysisCsv } from '../../src/report/csv.ts';
import { jsonLines } from '../../src/report/jsonl.ts';
import { groupOf, resultOf } from './measurement-result.ts';
import { empty, hostileText } from './sample-results.ts';

const documentOf = (...measurements: ReturnType<typeof resultOf>[]) =>
  analysisDocument({ tsharkVersion: '4.0.17', inputs: [], measurements });
const small = documentOf(
  resultOf(
    groupOf({ src: '10.0.0.2', interface: 'eth0, "left"' }, [0.25, 0.75]),
    groupOf({ src: '10.0.0.3', interface: '' }, [5e-7]),
  ),
);
const anyLabels = fc.record({
  src: fc.oneof(fc.string({ unit: 'binary' }), fc.constant(hostileText.replace('\ud800', ''))),
  dst: fc.stringMatching(/^[",\r\n x]*$/),
});

describe('report/csv', () => {
  it('has a header, and a line for each group with empty fields for what is null', () => {
    expect(analysisCsv(small)).to.equal(
      [
        'measurement,src,interface,count,sum,mean,stddev,min,max,p50,p90,p95,p99,first_seen,last_seen',
        'tcp_ack_rtt,10.0.0.2,"eth0, ""left""",2,1,0.5,0.3535533905932738,0.25,0.75,0.5,0.7,0.725,0.745,1795359084.74,1795359090.1',
        'tcp_ack_rtt,10.0.0.3,,1,5e-7,5e-7,,5e-7,5e-7,5e-7,5e-7,5e-7,5e-7,1795359084.74,1795359090.1',
        '',
      ].join('\n'),
    );
  });

  it('has the label columns that are asked for, groups or none', () => {
    expect(analysisCsv(documentOf(empty), ['src', 'dst'])).to.equal(
      `measurement,src,dst,${statisticNames.join(',')}\n`,
    );
    expect(analysisCsv(documentOf(empty))).to.equal(`measurement,${statisticNames.join(',')}\n`);
  });

  it('leaves a label empty that only another measurement has', () => {
    const both = documentOf(resultOf(groupOf({ src: 'a' }, [1])), resultOf(groupOf({ toString: 'b' }, [1])));
    const rows = parse(analysisCsv(both));
    expect(rows.map((row) => row.slice(1, 3))).to.deep.equal([
      ['src', 'toString'],
      ['a', ''],
      ['', 'b'],
    ]);
  });

  it('quotes every kind of line end', () => {
    const text = analysisCsv(documentOf(resultOf(groupOf({ a: 'x\ry', b: 'x\ny' }, [1]))));
    expect(text).to.include('tcp_ack_rtt,"x\ry","x\ny",1,');
  });

  it('is read back as it was, whatever the labels hold', () => {
    fc.assert(
      fc.property(fc.array(anyLabels, { minLength: 1 }), fc.double({ noNaN: true }), (labels, value) => {
        const groups = labels.map((some) => groupOf(some, [value]));
        const rows = parse<Record<string, string>>(analysisCsv(documentOf(resultOf(...groups))), {
          columns: true,
        });
        expect(rows.map(({ src, dst }) => ({ src, dst }))).to.deep.equal(labels);
        if (Number.isFinite(value))
          expect(rows.map((row) => Number(row['p50']))).to.deep.equal(labels.map(() => value + 0));
      }),
    );
  });
});

describe('report/jsonl', () => {
  it('is a line for each group', () => {
    const [first, second, ...rest] = jsonLines(small).split('\n');
    expect(first).to.equal(
      '{"measurement":"tcp_ack_rtt","labels":{"src":"10.0.0.2","interface":"eth0, \\"left\\""},"count":2,"sum":1,' +
        '"mean":0.5,"stddev":0.3535533905932738,"min":0.25,"max":0.75,"p50":0.5,"p90":0.7,"p95":0.725,"p99":0.745,' +
        '"first_seen":1795359084.74,"last_seen":1795359090.1}',
    );
    expect(second).to.match(/^\{"measurement":"tcp_ack_rtt","labels":\{"src":"10\.0\.0\.3".*"stddev":null/);
    expect(rest).to.deep.equal(['']);
    expect(jsonLines(documentOf(empty))).to.equal('');
  });

  it('stays one line each, whatever the labels hold', () => {
    fc.assert(
      fc.property(fc.array(anyLabels), (labels) => {
        const text = jsonLines(documentOf(resultOf(...labels.map((some) => groupOf(some, [1])))));
        const lines = text.split(/\r\n|\n|\r/).slice(0, -1);
        const read = lines.map((line) => (JSON.parse(line) as { labels: unknown }).labels);
        expect(read).to.deep.equal(labels);
      }),
    );
  });
});
