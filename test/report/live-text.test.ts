import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import type { CaptureResults } from '../../src/measure/capture-collector.ts';
import type { CounterResult } from '../../src/measure/counter-collector.ts';
import { statisticNames, type MeasurementResult } from '../../src/measure/statistics.ts';
import { analysisDocument } from '../../src/report/analysis-document.ts';
import { analysisCsv, liveCsvHeader } from '../../src/report/csv.ts';
import { jsonLines } from '../../src/report/jsonl.ts';
import { intervalText, wholeText, type IntervalReport } from '../../src/report/live-text.ts';
import { parseAnalysisDocument } from '../../src/report/parse-analysis-document.ts';
import { groupOf, resultOf } from './measurement-result.ts';
import { empty, office, ungrouped } from './sample-results.ts';

const interval = { start: 1_795_359_075.5, end: 1_795_359_090.5 };
const about = {
  tsharkVersion: '4.0.17',
  inputs: [{ path: 'eth0', samples: null, truncated: false }],
};
const fast = { src: '10.0.0.2', dst: '10.0.0.1' };
const slow = { src: '10.0.0.3', dst: '10.0.0.1' };
const gone = { src: '10.0.0.4', dst: '10.0.0.1' };
const only = (result: MeasurementResult): CaptureResults => ({ measurements: [result], counters: [] });
const report: IntervalReport = {
  interval,
  measured: only(resultOf(groupOf(fast, [0.001, 0.003]), groupOf(gone, [0.5]))),
  sinceStart: only(resultOf(groupOf(slow, [0.5, 0.6, 0.7]), groupOf(fast, [0.001, 0.002, 0.003]))),
};
const documentOf = (...measurements: (typeof office)[]) => analysisDocument({ ...about, measurements });
const read = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('report/live-text', () => {
  describe('json', () => {
    it('is the document on one line, with the interval behind the inputs', () => {
      const text = intervalText(report, 'json', about);
      expect(text).to.match(/^[^\n]*\n$/);
      const [document = {}] = read(text);
      expect(Object.keys(document)).to.deep.equal(['schema', 'tshark', 'inputs', 'interval', 'measurements']);
      expect(document).to.deep.equal({ ...documentOf(...report.measured.measurements), interval });
    });

    it('is the document of an analysis at the end', () => {
      const text = wholeText(only(office), 'json', about);
      expect(text).to.equal(`${JSON.stringify(documentOf(office))}\n`);
      expect(parseAnalysisDocument(text, 'It')).to.deep.equal(documentOf(office));
    });

    it('is there without samples too', () => {
      const [document = {}] = read(
        intervalText({ interval, measured: only(empty), sinceStart: only(empty) }, 'json', about),
      );
      expect(document).to.deep.equal({ ...documentOf(empty), interval });
    });
  });

  describe('jsonl', () => {
    it('is a line for each group that had samples, with what is known since the start', () => {
      const lines = read(intervalText(report, 'jsonl', about));
      expect(lines.map(({ labels }) => labels)).to.deep.equal([fast, gone]);
      expect(Object.keys(lines[0] ?? {})).to.deep.equal([
        'measurement',
        'interval',
        'labels',
        ...statisticNames,
        'since_start',
      ]);
      const [known, unknown] = lines;
      expect(known).to.deep.include({ measurement: 'tcp_ack_rtt', interval, count: 2, p50: 0.002 });
      expect(known?.['since_start']).to.deep.equal(report.sinceStart.measurements[0].groups[1]?.statistics);
      expect(unknown).to.deep.include({ count: 1, since_start: null });
    });

    it('is the total where only that was asked for', () => {
      const [line, ...others] = read(
        intervalText({ interval, measured: only(ungrouped), sinceStart: only(ungrouped) }, 'jsonl', about),
      );
      expect(others).to.deep.equal([]);
      expect(line).to.deep.include({ labels: {}, count: 1800, since_start: ungrouped.total });
    });

    it('is nothing without samples, and what analyze prints at the end', () => {
      expect(
        intervalText({ interval, measured: only(empty), sinceStart: only(office) }, 'jsonl', about),
      ).to.equal('');
      expect(wholeText(only(office), 'jsonl', about)).to.equal(jsonLines(documentOf(office)));
    });
  });

  describe('csv', () => {
    const rows = (text: string) => parse<Record<string, string>>(text, { columns: true });

    it('has the ends of the interval before the statistics', () => {
      const header = liveCsvHeader(['src', 'dst']);
      expect(header).to.equal(
        `measurement,src,dst,interval_start,interval_end,${statisticNames.join(',')}\n`,
      );
      const [first, second] = rows(header + intervalText(report, 'csv', about));
      expect(first).to.include({
        ...fast,
        interval_start: '1795359075.5',
        interval_end: '1795359090.5',
        count: '2',
      });
      expect(second).to.include({ ...gone, count: '1', stddev: '' });
    });

    it('has none at the end, and the rest as analyze prints it', () => {
      const live = rows(liveCsvHeader(office.labelNames) + wholeText(only(office), 'csv', about));
      const analyzed = rows(analysisCsv(documentOf(office), [...office.labelNames]));
      expect(live).to.deep.equal(analyzed.map((row) => ({ ...row, interval_start: '', interval_end: '' })));
    });
  });

  describe('of several measurements and counters', () => {
    const dns = { ...report.measured.measurements[0], name: 'dns_time' };
    const resets = (
      ...counts: readonly (readonly [labels: typeof fast, count: number])[]
    ): CounterResult => ({
      name: 'tcp_resets',
      field: 'tcp.flags.reset',
      title: 'segments that reset a connection',
      labelNames: ['src', 'dst'],
      groups: counts.map(([labels, count]) => ({ labels, count })),
      total: counts.reduce((sum, [, count]) => sum + count, 0),
    });
    const several: IntervalReport = {
      interval,
      measured: {
        measurements: [...report.measured.measurements, dns],
        counters: [resets([gone, 3], [slow, 1])],
      },
      sinceStart: {
        measurements: [...report.sinceStart.measurements, report.sinceStart.measurements[0]],
        counters: [resets([slow, 8])],
      },
    };

    it('has all of them in the document', () => {
      const [document = {}] = read(intervalText(several, 'json', about));
      expect(document).to.deep.equal({ ...analysisDocument({ ...about, ...several.measured }), interval });
    });

    it('has lines of each, those of counters with their count since the start', () => {
      const lines = read(intervalText(several, 'jsonl', about));
      expect(lines.map(({ measurement, counter }) => measurement ?? counter)).to.deep.equal([
        ...['tcp_ack_rtt', 'tcp_ack_rtt', 'dns_time', 'dns_time', 'tcp_resets', 'tcp_resets'],
      ]);
      expect(lines.slice(4)).to.deep.equal([
        { counter: 'tcp_resets', interval, labels: gone, count: 3, since_start: null },
        { counter: 'tcp_resets', interval, labels: slow, count: 1, since_start: 8 },
      ]);
      expect(wholeText(several.measured, 'jsonl', about)).to.equal(
        jsonLines(analysisDocument({ ...about, ...several.measured })),
      );
    });

    it('has them as lines of CSV, under the same header', () => {
      const text = liveCsvHeader(['src', 'dst']) + intervalText(several, 'csv', about);
      const rows = parse<Record<string, string>>(text, { columns: true });
      expect(rows.map(({ measurement }) => measurement)).to.deep.equal([
        ...['tcp_ack_rtt', 'tcp_ack_rtt', 'dns_time', 'dns_time', 'tcp_resets', 'tcp_resets'],
      ]);
      expect(rows.at(-1)).to.include({ ...slow, interval_start: '1795359075.5', count: '1', p50: '' });
    });
  });
});
