import path from 'node:path';
import { expect } from 'chai';
import { plainTshark } from '../support/plain-tshark.ts';
import { startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { fixture, program, projectFolder, runCommand } from '../support/run-command.ts';

const metric = 'MEC_Dreamscape_job_last_success_unixtime_Histogram';
const script = path.join(projectFolder, 'examples/mec-dreamscape/push.sh');

/** The part of the deployment that made metrics of samples. */
const python = `
import json, sys
from prometheus_client import CollectorRegistry, Histogram, push_to_gateway
registry = CollectorRegistry()
histogram = Histogram('${metric}', 'RTT data', labelnames=['Source_IP', 'Destination_IP'], registry=registry)
for sample in json.load(sys.stdin):
    histogram.labels(sample['src'], sample['dst']).observe(float(sample['value']))
push_to_gateway(sys.argv[1], job='MEC_Dreamscape', registry=registry)
`;

/** All that a gateway serves of the histogram, but for when Python first saw each pair. */
async function served(gateway: Pushgateway): Promise<string> {
  const lines = (await gateway.metrics()).split('\n');
  return lines.filter((line) => line.includes(metric) && !line.includes(`${metric}_created`)).join('\n');
}

describe('examples/mec-dreamscape', () => {
  for (const name of ['demo.pcap', 'nanoseconds.pcap', 'recorded-iperf3.pcapng']) {
    it(`serves for ${name} what Python's client served, byte for byte`, async () => {
      const [old, ours] = await Promise.all([startPushgateway(), startPushgateway()]);
      try {
        const samples = await plainTshark(fixture(name));
        const theirs = await runCommand('/usr/bin/python3', ['-c', python, old.url], {
          stdin: JSON.stringify(samples),
        });
        expect(theirs.status, theirs.stderr).to.equal(0);
        const { status, stderr } = await runCommand(script, [ours.url, fixture(name)], {
          env: { RTTSHARK: `${process.execPath} ${program}` },
        });
        expect(status, stderr).to.equal(0);
        const expected = await served(old);
        expect(expected).to.contain('# HELP').and.contain('# TYPE').and.contain('_sum{');
        expect(await served(ours)).to.equal(expected);
        expect((await ours.groups()).map(({ labels, metrics }) => [labels, metrics])).to.deep.equal([
          [{ job: 'MEC_Dreamscape' }, [metric]],
        ]);
      } finally {
        await Promise.all([old.stop(), ours.stop()]);
      }
    });
  }

  it('says how it is used', async () => {
    const { status, stderr } = await runCommand(script, []);
    expect(status).to.equal(2);
    expect(stderr).to.contain('GATEWAY CAPTURE');
  });
});
