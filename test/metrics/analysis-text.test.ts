import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { analyze } from '../../src/analysis/analyze.ts';
import { RttsharkError } from '../../src/errors.ts';
import { analysisRegistry, type RegistryOptions } from '../../src/metrics/analysis-registry.ts';
import { analysisText } from '../../src/metrics/analysis-text.ts';
import { projectFolder } from '../docs/project-files.ts';
import { measured } from './measured.ts';

const captures = path.join(projectFolder, 'fixtures/captures');

const asked: [what: string, options: RegistryOptions][] = [
  ['by default', {}],
  ['with the time of success', { succeededAt: 1_700_000_000.25 }],
  ['without its own metrics', { ownMetrics: false, succeededAt: 1 }],
  [
    'otherwise called and cut',
    {
      histogram: {
        name: 'rtt',
        help: 'Round "trips", \\ and\nso on.',
        labelNames: { src: 'Source_IP' },
        buckets: [-1, 1e-9, 0.5, 1e22],
      },
    },
  ],
];

describe('the text of an analysis', () => {
  it("has the bytes of prom-client's registry, for every bundled capture", async () => {
    const inputs = readdirSync(captures).filter((name) => /\.(pcap|pcapng)(\.\w+)?$/.test(name));
    expect(inputs.length).to.be.greaterThan(10);
    const { measurements } = await analyze({ inputs: inputs.map((name) => path.join(captures, name)) });
    expect(measurements[0].groups).not.to.be.empty;
    for (const [what, options] of asked) {
      const theirs = await analysisRegistry(measurements[0], options).metrics();
      expect([...analysisText(measurements[0], options)].join(''), what).to.equal(theirs);
    }
  });

  it("has the bytes of prom-client's registry, whatever labels and values are", async () => {
    const hostile = measured(
      ['src', 'dst'],
      ['a"b\\c\nd', '|', '', 'é ☃ 😀', '\r\t'].map((text, i) => [
        [text, '\\n'],
        [1e-300, 0, 10 ** (i * 6)],
      ]),
    );
    for (const some of [hostile, measured([], [[[], [1]]]), measured(['src'], [])]) {
      const theirs = await analysisRegistry(some, { succeededAt: 1 }).metrics();
      expect([...analysisText(some, { succeededAt: 1 })].join('')).to.equal(theirs);
    }
  });

  for (const name of ['rttshark_samples_total', 'rttshark_last_success_timestamp_seconds']) {
    it(`refuses to call the histogram ${name}, unless that is free`, () => {
      const options = { histogram: { name } };
      expect(() => analysisText(measured([], []), options))
        .to.throw(RttsharkError, `"${name}"`)
        .with.property('code', 'usage');
      expect(() => analysisText(measured([], []), { ...options, ownMetrics: false })).not.to.throw();
    });
  }
});
