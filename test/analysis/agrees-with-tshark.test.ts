import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { analyze } from '../../src/analysis/analyze.ts';
import type { Analysis } from '../../src/analysis/analysis.ts';
import type { AnalysisDocument } from '../../src/report/analysis-document.ts';
import { expectGroups, type MeasuredGroup } from '../support/expect-groups.ts';
import { plainFigures, plainTshark } from '../support/plain-tshark.ts';
import { projectFolder, rttshark } from '../support/run-command.ts';

/** Fixtures that are no captures at all. */
const noCaptures = ['empty.pcap', 'plain-text.pcap'];

function capturesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !/\.(?:json|md|txt)$/.test(name) && !noCaptures.includes(name))
    .map((name) => path.join(folder, name));
}

function measured({ measurements: [{ groups }] }: Analysis): MeasuredGroup[] {
  return groups.map(({ labels, statistics }) => ({ labels, figures: statistics }));
}

function itAgrees(captures: readonly string[]): void {
  for (const capture of captures) {
    it(path.basename(capture), async () => {
      const [analysis, samples] = await Promise.all([analyze({ inputs: [capture] }), plainTshark(capture)]);
      expectGroups(measured(analysis), plainFigures(samples));
      expect(analysis.measurements[0].total.count).to.equal(samples.length);
    });
  }
}

describe('analysis: agrees with what tshark itself prints', () => {
  const captures = capturesIn(path.join(projectFolder, 'fixtures/captures'));

  describe('for the fixtures', () => {
    itAgrees(captures);
  });

  it('through the command, for fixtures that are as different as can be', async () => {
    const names = ['demo.pcap', 'ipv4-in-ipv6.pcap', 'recorded-iperf3.pcapng', 'cut-in-packet.pcap'];
    for (const capture of captures.filter((file) => names.includes(path.basename(file)))) {
      const [{ stdout }, samples] = await Promise.all([
        rttshark(['analyze', '--format', 'json', capture]),
        plainTshark(capture),
      ]);
      const document = JSON.parse(stdout) as AnalysisDocument;
      const groups = document.measurements[0]?.groups ?? [];
      expectGroups(
        groups.map((group) => ({ labels: group.labels, figures: group })),
        plainFigures(samples),
      );
    }
  });

  describe('for the captures of RTTSHARK_CORPUS', function () {
    const folder = process.env['RTTSHARK_CORPUS'];
    if (folder === undefined || folder === '') {
      it('(skipped: the variable is not set)', function () {
        this.skip();
      });
      return;
    }
    const corpus = capturesIn(path.resolve(folder));
    // Some take tshark, with all its dissectors on, over a minute.
    this.timeout(300_000);
    itAgrees(corpus);

    it('has captures with round-trip times', () => {
      expect(corpus).not.to.be.empty;
    });
  });
});
