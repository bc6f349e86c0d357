import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { tcpEvents } from '../../src/measure/packet-counter.ts';
import { liveMetrics } from '../../src/metrics/live-families.ts';
import { sampleName } from '../../src/metrics/live-metric.ts';
import { counterMetricName, successName } from '../../src/metrics/own-names.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { projectFolder, runCommand } from '../support/run-command.ts';
import { promtoolProgram } from '../support/server-programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = path.join(projectFolder, 'examples/prometheus');

function yamlFiles(name: string): string[] {
  return readdirSync(path.join(folder, name)).map((file) => path.join(folder, name, file));
}

function read(file: string): unknown {
  return parse(readFileSync(file, 'utf8'));
}

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert?: string; readonly record?: string }[];
  }[];
}

interface RuleTests {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly {
      readonly alertname: string;
      readonly exp_alerts: readonly unknown[];
    }[];
    readonly promql_expr_test?: readonly {
      readonly expr: string;
      readonly exp_samples: readonly unknown[];
    }[];
  }[];
}

/** What promtool ends with, and says where that is not 0. */
async function promtool(...args: string[]): Promise<[status: number | null, words: string]> {
  const { status, stdout, stderr } = await runCommand(promtoolProgram, args);
  return status === 0 ? [0, ''] : [status, stdout + stderr];
}

describe('examples/prometheus', () => {
  const file = temporaryFolder();
  const rules = yamlFiles('rules').flatMap((name) =>
    (read(name) as Rules).groups.flatMap((group) => group.rules),
  );
  const tests = yamlFiles('tests').flatMap((name) => (read(name) as RuleTests).tests);
  let certificates: Certificates;
  before(async () => (certificates = await createCertificates()));
  after(() => certificates.remove());

  it('is a configuration and rules that promtool takes', async () => {
    cpSync(folder, file('prometheus'), { recursive: true });
    cpSync(certificates.authority.certFile, file('prometheus/rttshark-ca.crt'));
    writeFileSync(file('prometheus/rttshark.password'), 'secret');
    expect(await promtool('check', 'config', file('prometheus/prometheus.yml'))).to.deep.equal([0, '']);
    expect(await promtool('check', 'rules', ...yamlFiles('rules'))).to.deep.equal([0, '']);
  });

  it('has rules that do what their cases say', async () => {
    expect(await promtool('test', 'rules', ...yamlFiles('tests'))).to.deep.equal([0, '']);
  });

  it('has cases of each alert in which it fires, and in which it does not', () => {
    const cases = tests.flatMap(({ alert_rule_test: found = [] }) => found);
    const alerts = rules.flatMap(({ alert }) => alert ?? []);
    expect(alerts).to.have.length.above(10);
    for (const alert of alerts) {
      const counts = cases.filter(({ alertname }) => alertname === alert).map((one) => one.exp_alerts.length);
      expect(
        counts.some((count) => count > 0),
        `${alert} fires`,
      ).to.equal(true);
      expect(counts.includes(0), `${alert} does not fire`).to.equal(true);
    }
  });

  it('has cases of each recorded series', () => {
    const cases = tests.flatMap(({ promql_expr_test: found = [] }) => found);
    for (const { record } of rules.filter((rule) => rule.record !== undefined)) {
      const found = cases.some(({ expr, exp_samples: samples }) => expr === record && samples.length > 0);
      expect(found, record).to.equal(true);
    }
  });

  it('names no metric that there is not', () => {
    const histogram = 'rttshark_tcp_ack_rtt_seconds';
    const known = new Set([
      ...[histogram, `${histogram}_bucket`, `${histogram}_count`, successName],
      ...liveMetrics.map(sampleName),
      ...tcpEvents.map(({ name }) => `${counterMetricName(name)}_total`),
    ]);
    // Of a state set, the state's label has the metric's own name; what is recorded has names of its own.
    const files = [...yamlFiles('rules'), path.join(folder, 'dashboard.json')];
    const named = files.flatMap((name) => {
      const text = readFileSync(name, 'utf8').replace(/pair:\w+(:\w+)+/g, '');
      return text.match(/\brttshark_\w+/g) ?? [];
    });
    expect(named).to.have.length.above(100);
    expect([...new Set(named)].filter((name) => !known.has(name))).to.deep.equal([]);
  });
});
