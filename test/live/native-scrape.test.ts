import { open, readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { until } from '../support/deadline.ts';
import { plainTshark } from '../support/plain-tshark.ts';
import { freePort } from '../support/ports.ts';
import { startPrometheus } from '../support/prometheus.ts';
import { fixture, runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { curl } from '../sinks/scrape-curl.ts';
import { endingCaptures, startLive } from './running-live.ts';

const capture = fixture('demo.pcap');
const metric = 'rttshark_tcp_ack_rtt_seconds';

describe('live: scraped for native histograms', () => {
  const file = temporaryFolder();
  endingCaptures();

  it('gives them and exemplars to Prometheus, and classic buckets to others', async () => {
    const values = (await plainTshark(capture)).map(({ value }) => Number(value));
    expect((await runCommand('mkfifo', [file('packets')])).status).to.equal(0);
    const port = await freePort();
    const options = ['--listen', `127.0.0.1:${port}`, '--by', 'none', '--histogram', 'native', '--exemplars'];
    const live = startLive(['-i', file('packets'), ...options]);
    // For reading too, so that opening does not wait for the reader.
    const packets = await open(file('packets'), 'r+');
    const prometheus = await startPrometheus(port);
    try {
      await packets.writeFile(await readFile(capture));
      const counted = await until('Prometheus had all samples', async () => {
        const [answer] = await prometheus.query(metric);
        return answer?.histogram?.[1].count === `${values.length}` ? answer : undefined;
      });
      const inBuckets = (counted.histogram?.[1].buckets ?? []).map(([, , , count]) => Number(count));
      expect(inBuckets.reduce((sum, count) => sum + count, 0)).to.equal(values.length);
      const [exemplar] = await until('Prometheus had an exemplar', async () => {
        const found = await prometheus.exemplars(metric);
        return found.length > 0 ? found : undefined;
      });
      expect(values).to.include(exemplar!.value);
      const { body } = await curl(`http://127.0.0.1:${port}/metrics`);
      expect(body).to.include(`${metric}_bucket{le="+Inf"} ${values.length}\n`);
    } finally {
      await prometheus.stop();
      await packets.close();
    }
    await live.end();
  });
});
