import { expect } from 'chai';
import { StatisticsTrial } from '../../src/analysis/statistics-trial.ts';
import { threadTimeMs } from '../../src/analysis/thread-time.ts';
import { CaptureCollector, type Observed } from '../../src/measure/capture-collector.ts';
import { labelSources } from '../../src/measure/labels.ts';
import { parseMeasure } from '../../src/measure/measure-list.ts';
import { observedSchema } from '../../src/measure/observed-schema.ts';
import type { AnyTable } from '../../src/table/table.ts';
import { TableBuilder } from '../../src/table/table-builder.ts';

const observed: Observed = {
  measurements: parseMeasure('tcp'),
  counters: [],
  labels: labelSources(['src'], false),
  onlySentOnce: false,
  maxGroups: Infinity,
};

const rowsInTable = 8192;

function tableOfSamples(): AnyTable {
  const builder = new TableBuilder(observedSchema(observed));
  const names = Object.keys(builder.schema);
  for (let row = 0; row < rowsInTable; row++) {
    const values: Record<string, string | number | bigint> = {
      'frame.time_epoch': BigInt(row),
      'ip.src': `10.0.0.${row % 7}`,
      'tcp.analysis.ack_rtt': ((row * 7919) % 1009) / 1e6,
    };
    builder.appendRow(Object.fromEntries(names.map((name) => [name, values[name] ?? null])));
  }
  return builder.finish();
}

describe('the trial of what statistics cost', () => {
  it('tells nothing before there are enough samples, then as much as there are samples', () => {
    const trial = new StatisticsTrial(
      () => new CaptureCollector({ ...observed, occurrenceSeparator: '\u001f' }),
    );
    const table = tableOfSamples();
    let tables = 0;
    for (; trial.isOpen; tables++) {
      if (tables < 8) expect(trial.secondsFor(1e6)).to.equal(0);
      trial.add(table);
    }
    expect(tables).to.be.within(8, 40);
    expect(trial.secondsFor(1e6)).to.be.above(0);
    expect(trial.secondsFor(3e6)).to.be.closeTo(3 * trial.secondsFor(1e6), 1e-9);
  });

  it('is taken by a clock that counts what takes less than a millisecond', () => {
    for (let time = 0; time < 30; time++) {
      const thread = threadTimeMs();
      for (const from = performance.now(); performance.now() - from < 0.2;);
      expect(threadTimeMs() - thread).to.be.above(0);
    }
  });

  it('is taken by a clock that stands still while the thread waits, where the system has one', function () {
    if (process.platform !== 'linux') this.skip();
    const thread = threadTimeMs();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
    const waited = threadTimeMs() - thread;
    const from = performance.now();
    while (threadTimeMs() - thread < waited + 2) expect(performance.now() - from).to.be.below(10_000);
    expect(waited).to.be.within(0, 40);
  });
});
