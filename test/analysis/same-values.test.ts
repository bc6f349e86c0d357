import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import { analyze } from '../../src/analysis/analyze.ts';
import type { LabelName } from '../../src/measure/labels.ts';
import { analysisText } from '../../src/metrics/analysis-text.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';
import { jsonText } from '../../src/report/json.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { planDrive, type ExtractionChoice, type ProfileName } from '../../src/tshark/profile.ts';
import { projectFolder } from '../support/run-command.ts';
import { sideBySide } from '../support/side-by-side.ts';

interface Way {
  readonly profile: ProfileName;
  readonly extraction: ExtractionChoice;
  readonly shards: number;
}

const plainest: Way = { profile: 'full', extraction: 'fields', shards: 1 };

/** Other versions of tshark to be held against themselves, as `make test-matrix` names them. */
const tsharks = (process.env['RTTSHARK_TEST_TSHARKS'] ?? '').split(' ').filter((each) => each !== '');

const shardCounts = [1, 2, 3];

/** Every combination but the plainest one. */
const allWays: readonly Way[] = (['lean', 'full'] as const)
  .flatMap((profile) => (['fields', 'columns'] as const).map((extraction) => ({ profile, extraction })))
  .flatMap((way) => shardCounts.map((shards) => ({ ...way, shards })))
  .filter((way) => !isDeepStrictEqual(way, plainest));

/**
 * The combinations that one capture is read in by default: each profile and extraction, with numbers of shards that go
 * round from capture to capture. With every dissector nothing is shared, so that two of the combinations are the
 * plainest one under another name: they are left to the matrix.
 */
function someWays(at: number): readonly Way[] {
  const shards = (more: number) => shardCounts[(at + more) % shardCounts.length] ?? 1;
  return [
    { profile: 'lean', extraction: 'fields', shards: shards(0) },
    { profile: 'lean', extraction: 'columns', shards: shards(1) },
    { profile: 'full', extraction: 'columns', shards: shards(2) },
  ];
}

/** Columns give all labels but that of the interface, for which a single way to ask suffices. */
function questions(at: number): readonly (readonly [by: readonly LabelName[], ways: readonly Way[]])[] {
  return [
    [['src', 'dst'], tsharks.length === 0 ? someWays(at) : allWays],
    [['src_port', 'dst_port', 'interface'], [{ profile: 'lean', extraction: 'columns', shards: 1 }]],
  ];
}

/** Fixtures that are no captures at all. */
const noCaptures = ['empty.pcap', 'plain-text.pcap'];

function capturesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !/\.(?:json|md|txt)$/.test(name) && !noCaptures.includes(name))
    .map((name) => path.join(folder, name));
}

/** What `analyze` prints as JSON and for Prometheus, and what went wrong. */
async function printed(
  capture: string,
  by: readonly LabelName[],
  way: Way,
  tshark?: string,
): Promise<string> {
  const analysis = await analyze({ inputs: [capture], by, tshark, ...way });
  const { inputs, measurements, problems } = analysis;
  const document = analysisDocument({ tsharkVersion: analysis.tshark.version, inputs, measurements });
  // In full, but for how the words of older versions call the input.
  const told = problems.map(({ code, message, hint }) => ({ code, message, hint }));
  return [jsonText({ ...document, problems: told }), ...analysisText(analysis)].join('');
}

function itIsTheSame(captures: readonly string[], tshark?: string): void {
  for (const [at, capture] of captures.entries()) {
    it(path.basename(capture), async () => {
      for (const [by, others] of questions(at)) {
        const [expected, ...results] = await sideBySide([plainest, ...others], (way) =>
          printed(capture, by, way, tshark),
        );
        others.forEach(({ profile, extraction, shards }, at) => {
          const way = `${by.join()}: ${profile}, ${extraction}, ${shards} shards`;
          expect(results[at], way).to.equal(expected);
        });
      }
    });
  }
}

const corpus = process.env['RTTSHARK_CORPUS'] ?? '';

describe('analysis: whatever the profile, the extraction and the number of shards, the results are the same', function () {
  // Some captures take tshark, with all its dissectors on, over a minute.
  this.timeout(300_000);

  for (const tshark of tsharks.length === 0 ? [undefined] : tsharks) {
    describe(tshark ?? 'of the installed tshark', () => {
      it('and the ways differ: lean is lean, columns are columns', async () => {
        const found = await findTshark(tshark);
        const question = { fields: ['frame.time_epoch', 'tcp.analysis.ack_rtt', 'ip.src', 'ipv6.dst'] };
        const lean = await planDrive(found, question, { profile: 'lean', extraction: 'columns' });
        const full = await planDrive(found, question, plainest);
        expect(lean.configFolder).to.match(/lean-\w+$/);
        expect(full.configFolder).not.to.equal(lean.configFolder);
        expect([lean.extraction, full.extraction]).to.deep.equal(['columns', 'fields']);
      });

      it('and with every dissector nothing is shared, whatever number of shards is asked for', async () => {
        const inputs = [path.join(projectFolder, 'fixtures/captures/demo.pcap')];
        const told: number[] = [];
        const onShards = ({ shards }: { readonly shards: number }) => told.push(shards);
        for (const profile of ['lean', 'full'] as const)
          await analyze({ inputs, tshark, profile, shards: 3, onShards });
        expect(told).to.deep.equal([3, 1]);
      });

      describe('for the fixtures', () => {
        itIsTheSame(capturesIn(path.join(projectFolder, 'fixtures/captures')), tshark);
      });

      describe('for the captures of RTTSHARK_CORPUS', () => {
        if (corpus === '') {
          it('(skipped: the variable is not set)', function () {
            this.skip();
          });
          return;
        }
        itIsTheSame(capturesIn(path.resolve(corpus)), tshark);
      });
    });
  }
});
