import type { Tshark } from '../src/tshark/find-tools.ts';
import { alternate } from './alternate.ts';
import { namedCapture } from './captures.ts';
import { rttshark } from './contenders.ts';

/** What starting costs, on a capture that takes no time. */
export interface StartUp {
  readonly tsharkSeconds: number;
  readonly rttsharkSeconds: number;
  readonly differenceSeconds: number;
  readonly differenceCpuSeconds: number;
}

const fields = ['frame.time_epoch', 'ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst', 'tcp.analysis.ack_rtt'];

/** A whole run of each on a small capture, in turn. The first run, which fills the cache, does not count. */
export async function startUp(tshark: Tshark, runs: number): Promise<StartUp> {
  const capture = namedCapture('fixtures/captures/demo.pcap');
  const args = ['-n', '-r', capture.path, '-Y', 'tcp.analysis.ack_rtt', '-T', 'fields'];
  const plain = {
    name: 'tshark',
    commands: [{ file: tshark.path, args: [...args, ...fields.flatMap((field) => ['-e', field])] }],
  };
  const ours = rttshark('rttshark', capture, tshark);
  await alternate([plain, ours], 1);
  const [theirs, mine] = await alternate([plain, ours], runs);
  if (theirs === undefined || mine === undefined) throw new Error('Nothing was measured.');
  return {
    tsharkSeconds: theirs.seconds,
    rttsharkSeconds: mine.seconds,
    differenceSeconds: mine.seconds - theirs.seconds,
    differenceCpuSeconds: mine.cpuSeconds - theirs.cpuSeconds,
  };
}
