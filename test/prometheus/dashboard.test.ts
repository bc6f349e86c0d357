import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { until } from '../support/deadline.ts';
import { runCommand } from '../support/run-command.ts';
import { promtoolProgram } from '../support/server-programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { exampleFolder, monitored, type Monitored } from './monitored.ts';

interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly datasource: { readonly uid: string };
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets?: readonly Target[];
}

interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: string | { readonly query: string };
    }[];
  };
}

const dashboard = JSON.parse(readFileSync(path.join(exampleFolder, 'dashboard.json'), 'utf8')) as Dashboard;

const targets = dashboard.panels.flatMap(({ title, targets: found = [] }) =>
  found.map(({ expr, refId, datasource }) => ({ what: `${title}, ${refId}`, expr, datasource })),
);

/** What Grafana would write for its variables, with everything chosen. */
const values: Readonly<Record<string, string>> = {
  metric: 'rttshark_tcp_ack_rtt_seconds',
  job: '.*',
  instance: '.*',
  src: '.*',
  dst: '.*',
  __rate_interval: '1m',
  __range: '1h',
};

function substituted(expr: string): string {
  return expr.replace(/\$\{(\w+)\}|\$(\w+)/g, (_, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? '';
    const value = values[name];
    if (value === undefined) throw new Error(`"${name}" is no variable of the dashboard.`);
    return value;
  });
}

/** Series of accidents, of events that are not in the captures, and of remote writes, which nobody asked for here. */
const bare = new RegExp(
  [
    'rttshark_(push_failures|restarts|tcp_fast_retransmissions|tcp_zero_windows|tcp_resets)_total',
    'rttshark_remote_write_(samples_total|failed_samples_total|dropped_samples_total|pending_samples)',
  ].join('|'),
);

describe('the dashboard of examples/prometheus', () => {
  const file = temporaryFolder();
  let all: Monitored;
  before(async function () {
    all = await monitored(file);
  });
  after(() => all.stop());

  it('has panels that can be told apart and do not cover each other', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).to.equal(panels.length);
    for (const [i, { title, gridPos: a }] of panels.entries()) {
      expect(a.x + a.w, title).to.be.at.most(24);
      for (const { title: other, gridPos: b } of panels.slice(i + 1)) {
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
        expect(apart, `${title} and ${other}`).to.equal(true);
      }
    }
  });

  it('asks the data source that is chosen, and no other', () => {
    expect(dashboard.templating.list[0]).to.include({
      name: 'datasource',
      type: 'datasource',
      query: 'prometheus',
    });
    expect(new Set(targets.map(({ datasource }) => datasource.uid))).to.deep.equal(
      new Set(['${datasource}']),
    );
  });

  it('finds values for its variables', async () => {
    const asked = dashboard.templating.list.filter(({ type }) => type === 'query');
    const found: Record<string, number> = {};
    for (const { name, query } of asked) {
      const text = typeof query === 'string' ? query : query.query;
      const [, selector = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(text) ?? [];
      found[name] = (await all.prometheus.query(`group by (${label}) (${substituted(selector)})`)).length;
    }
    // Of live captures and two analyses; of those that are scraped, the pushed one, and all analyses.
    expect(found).to.deep.equal({ job: 3, instance: 4, src: 18, dst: 18 });
  });

  for (const { what, expr } of targets) {
    it(`has an answer for ${what}`, async () => {
      const query = substituted(expr);
      if (bare.test(expr)) {
        // Right, though there is nothing: a query that is wrong has no answer at all.
        const [only, ...others] = await all.prometheus.query(`(${query}) or vector(7)`);
        expect([only?.value?.[1], others]).to.deep.equal(['7', []]);
        return;
      }
      const answers = await until(`there was an answer to ${query}`, async () => {
        const found = await all.prometheus.query(query);
        return found.length > 0 ? found : undefined;
      });
      for (const { value, histogram } of answers) {
        expect(
          histogram !== undefined || !Number.isNaN(Number(value?.[1])),
          JSON.stringify(answers),
        ).to.equal(true);
      }
    });
  }

  it('is of metrics that promtool takes', async () => {
    for (const instance of [all.classic, all.native]) {
      const stdin = await (await fetch(`http://${instance}/metrics`)).text();
      const { status, stdout, stderr } = await runCommand(promtoolProgram, ['check', 'metrics'], { stdin });
      expect([status, stdout + stderr]).to.deep.equal([0, '']);
    }
  });

  it('stands beside rules that record pairs of live captures and of analyses, classic and native', async () => {
    for (const [record, instances] of [
      ['pair:rttshark_tcp_ack_rtt_seconds:p50_5m', [all.classic, all.native]],
      ['pair:rttshark_tcp_ack_rtt_seconds:p95_5m', [all.classic, all.native]],
      ['pair:rttshark_tcp_ack_rtt_seconds_count:rate5m', [all.classic, all.native]],
      ['pair:rttshark_tcp_ack_rtt_seconds:p95_analysis', ['ci']],
      ['pair:rttshark_tcp_retransmissions:ratio_analysis', ['ci']],
    ] as const) {
      await until(`${record} was recorded of ${instances.join(' and ')}`, async () => {
        const found = await all.prometheus.query(`count by (instance) (${record}{src!="",dst!=""})`);
        const recorded = found.map(({ metric }) => metric['instance']);
        return instances.every((instance) => recorded.includes(instance)) ? true : undefined;
      });
    }
  });

  it('stands beside alerts that have nothing to say but of slow pairs and of loss', async () => {
    const found = await all.prometheus.query('count by (alertname) (ALERTS)');
    const ofSlowness = [
      'RttsharkSlowPair',
      'RttsharkSlowAnalysis',
      'RttsharkRisingP95',
      'RttsharkFallsBehind',
      'RttsharkLoss',
    ];
    expect(ofSlowness).to.include.members(found.map(({ metric }) => metric['alertname'] ?? ''));
    expect(found).not.to.deep.equal([]);
  });
});
