import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { analysisDocument, measuredOf } from '../../src/report/analysis-document.ts';
import { jsonText } from '../../src/report/json.ts';
import { parseAnalysisDocument } from '../../src/report/parse-analysis-document.ts';
import { groupOf, resultOf } from './measurement-result.ts';
import { empty, hostileText, office } from './sample-results.ts';

const inputs = [{ path: 'a.pcap', samples: 3, truncated: false }];
const small = resultOf(
  groupOf({ src: '10.0.0.2', dst: '10.0.0.1' }, [0.25, 0.5]),
  groupOf({ src: '10.0.0.3', dst: '10.0.0.1' }, [1]),
);
const documentOf = (...measurements: (typeof small)[]) =>
  analysisDocument({ tsharkVersion: '4.0.17', inputs, measurements });

describe('report/analysis-document', () => {
  it('is the document of the contract, byte for byte', () => {
    expect(jsonText(documentOf(resultOf(groupOf({ src: 'a', dst: 'b' }, [0.25]))))).to.equal(`{
  "schema": "rttshark.analysis/1",
  "tshark": {
    "version": "4.0.17"
  },
  "inputs": [
    {
      "path": "a.pcap",
      "samples": 3,
      "truncated": false
    }
  ],
  "measurements": [
    {
      "name": "tcp_ack_rtt",
      "field": "tcp.analysis.ack_rtt",
      "unit": "seconds",
      "quantile_method": "exact",
      "groups": [
        {
          "labels": {
            "src": "a",
            "dst": "b"
          },
          "count": 1,
          "sum": 0.25,
          "mean": 0.25,
          "stddev": null,
          "min": 0.25,
          "max": 0.25,
          "p50": 0.25,
          "p90": 0.25,
          "p95": 0.25,
          "p99": 0.25,
          "first_seen": 1795359084.74,
          "last_seen": 1795359090.1
        }
      ],
      "total": {
        "count": 1,
        "sum": 0.25,
        "mean": 0.25,
        "stddev": null,
        "min": 0.25,
        "max": 0.25,
        "p50": 0.25,
        "p90": 0.25,
        "p95": 0.25,
        "p99": 0.25,
        "first_seen": 1795359084.74,
        "last_seen": 1795359090.1
      }
    }
  ]
}
`);
  });

  it('says how exact the quantiles are where they come from a sketch', () => {
    const sketched = { ...small, quantileMethod: 'sketch', quantileRelativeError: 0.005 } as const;
    expect(jsonText(documentOf(sketched))).to.include(
      '      "quantile_method": "sketch",\n      "quantile_relative_error": 0.005,\n      "groups": [',
    );
  });

  it('has null for what is no number', () => {
    const { groups, ...others } = small;
    const spoiled = groups.map((group) => ({
      ...group,
      statistics: { ...group.statistics, mean: NaN, max: Infinity },
    }));
    const [group] = documentOf({ ...others, groups: spoiled }).measurements[0]!.groups;
    expect(group).to.include({ mean: null, max: null, min: 0.25 });
  });

  it('keeps the order of keys, whatever the order of the statistics that it was given', () => {
    const turned = Object.fromEntries(Object.entries(small.total).reverse()) as unknown as typeof small.total;
    expect(jsonText(documentOf({ ...small, total: turned }))).to.equal(jsonText(documentOf(small)));
  });

  it('gives its groups to budgets and baselines', () => {
    const { name, groups } = measuredOf(documentOf(small).measurements[0]!);
    expect(name).to.equal('tcp_ack_rtt');
    expect(groups.map(({ labels }) => labels['src'])).to.deep.equal(['10.0.0.2', '10.0.0.3']);
    expect(groups[0]!.statistics.mean).to.equal(0.375);
  });
});

describe('report/parse-analysis-document', () => {
  const sketched = { ...small, quantileMethod: 'sketch', quantileRelativeError: 0.005 } as const;
  const name = 'The baseline "base.json"';

  for (const [what, result] of Object.entries({ small, sketched, office, empty })) {
    it(`reads back what was written: ${what}`, () => {
      const document = documentOf(result);
      expect(parseAnalysisDocument(jsonText(document), name)).to.deep.equal(document);
    });
  }

  it('reads inputs whose samples were not counted', () => {
    const document = { ...documentOf(small), inputs: [{ path: '-', samples: null, truncated: true }] };
    expect(parseAnalysisDocument(jsonText(document), name)).to.deep.equal(document);
  });

  it('reads labels of any text and any name, a byte order mark, and keys of later versions', () => {
    const labels = Object.fromEntries([
      ['__proto__', hostileText],
      ['constructor', ''],
    ]);
    const document = documentOf(resultOf(groupOf(labels, [1])));
    const text = jsonText({ ...document, interval: { start: 1, end: 2 } });
    const read = parseAnalysisDocument(`\ufeff${text}`, name);
    expect(jsonText(read)).to.equal(jsonText(document));
    expect(Object.entries(read.measurements[0]!.groups[0]!.labels)).to.deep.equal(Object.entries(labels));
  });

  const wrong: [what: string, from: string, to: string, message: string][] = [
    ['no schema', '"schema"', '"scheme"', '"schema" is missing.'],
    [
      'another schema',
      'analysis/1',
      'analysis/2',
      'has the schema "rttshark.analysis/2", not "rttshark.analysis/1".',
    ],
    ['a version that is no text', '"4.0.17"', '4', '"tshark.version" is 4, not a text.'],
    ['tshark that is no object', '{"version":"4.0.17"}', 'null', '"tshark" is null, not an object.'],
    [
      'samples below zero',
      '"samples":3',
      '"samples":-1',
      '"inputs[0].samples" is -1, not a whole number, zero or more.',
    ],
    ['a flag that is a text', 'false', '"no"', '"inputs[0].truncated" is "no", not true or false.'],
    ['inputs that are no list', '"inputs":[', '"inputs":{"0":', 'is not JSON'],
    ['another unit', '"seconds"', '"ms"', '"measurements[0].unit" is "ms", not "seconds".'],
    [
      'another way to quantiles',
      '"quantile_method":"exact"',
      '"quantile_method":"guess"',
      '"measurements[0].quantile_method" is "guess", not "exact".',
    ],
    [
      'a sketch without its error',
      '"quantile_method":"exact"',
      '"quantile_method":"sketch"',
      '"measurements[0].quantile_relative_error" is missing.',
    ],
    [
      'half a sample',
      '"count":2',
      '"count":2.5',
      '"measurements[0].groups[0].count" is 2.5, not a whole number',
    ],
    [
      'a figure that is a text',
      '"p95":1,',
      '"p95":"1",',
      '"measurements[0].groups[1].p95" is "1", not a number or null.',
    ],
    [
      'a sum that is null',
      '"sum":1,',
      '"sum":null,',
      '"measurements[0].groups[1].sum" is null, not a number.',
    ],
    [
      'a figure too large',
      '"sum":1,',
      '"sum":1e999,',
      '"measurements[0].groups[1].sum" is null, not a number.',
    ],
    [
      'a label that is a number',
      '"10.0.0.3"',
      '3',
      '"measurements[0].groups[1].labels.src" is 3, not a text.',
    ],
    [
      'the same group twice',
      '"10.0.0.3"',
      '"10.0.0.2"',
      '"measurements[0].groups[1].labels" is {"src":"10.0.0.2","dst"',
    ],
    ['no last_seen', '"last_seen"', '"seen"', '"measurements[0].groups[0].last_seen" is missing.'],
    ['an end that is missing', '}]}', '', 'is not JSON'],
  ];
  for (const [what, from, to, message] of wrong) {
    it(`refuses ${what}`, () => {
      const text = JSON.stringify(documentOf(small));
      expect(text).to.include(from);
      expect(() => parseAnalysisDocument(text.replace(from, to), name))
        .to.throw(RttsharkError, message)
        .that.includes({ code: 'usage' })
        .with.property('message')
        .that.matches(/^The baseline "base\.json" /);
    });
  }

  for (const text of ['', 'src,dst', '[]', 'null', '"x"', '7']) {
    it(`refuses the text ${JSON.stringify(text)}`, () => {
      expect(() => parseAnalysisDocument(text, name)).to.throw(
        RttsharkError,
        /is not JSON|it is not an object/,
      );
    });
  }
});
