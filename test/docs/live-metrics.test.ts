import { expect } from 'chai';
import { liveMetrics } from '../../src/metrics/live-families.ts';
import { sampleName, type LiveMetric } from '../../src/metrics/live-metric.ts';
import { section, tableRows } from './markdown.ts';
import { projectText } from './project-files.ts';

function documented(metric: LiveMetric): string[] {
  const { type, name, unit = '', labels = [], help } = metric;
  const allLabels = type === 'stateset' ? [...labels, name] : labels;
  return [
    `\`${sampleName(metric)}\``,
    type === 'stateset' ? 'state set' : type,
    unit,
    allLabels.map((label) => `\`${label}\``).join(', '),
    help,
  ];
}

describe('docs/live-metrics.md', () => {
  it('has every metric that a live capture gives of itself, in order, and no other', () => {
    const page = projectText('docs/live-metrics.md');
    expect(tableRows(section(page, 'What rttshark says of itself') ?? '')).to.deep.equal(
      liveMetrics.map(documented),
    );
  });

  it('names no metric elsewhere that there is not', () => {
    const names = new Set(liveMetrics.map(sampleName));
    const alerts = tableRows(section(projectText('docs/live-metrics.md'), 'Worth an alert') ?? '');
    const named = alerts.flatMap(([, query = '']) => query.match(/rttshark_\w+/g) ?? []);
    expect(named).not.to.be.empty;
    expect(named.filter((name) => !names.has(name))).to.deep.equal([]);
  });
});
