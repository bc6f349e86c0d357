/**
 * What it takes to extract five fields of a capture to Parquet, beside tshark by hand with its output thrown away; and
 * what rttshark itself holds at most, for captures of several sizes. Time of the processor, of all processes together.
 *
 *     tsx bench/extract.ts [CAPTURE...]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const fields = ['frame.time_epoch', 'ip.src', 'ip.dst', 'tcp.len', 'tcp.analysis.ack_rtt'];
const asked = fields.flatMap((field) => ['-e', field]);
const output = join(tmpdir(), `rttshark-bench-${process.pid}.parquet`);
const captures = process.argv.length > 2 ? process.argv.slice(2) : ['build/bench/bulk.pcap'];

interface Cost {
  readonly cpuSeconds: number;
  readonly seconds: number;
  /** Of the program itself, without its children. */
  readonly peakMegabytes: number;
}

/** Runs a program, and asks a small parent of its own what it took. */
async function cost(file: string, args: readonly string[]): Promise<Cost> {
  const program = `
import json, os, resource, subprocess, sys, time
start = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
peak = 0
while child.poll() is None:
    try:
        with open(f'/proc/{child.pid}/status') as status:
            peak = max([peak] + [int(line.split()[1]) for line in status if line.startswith('VmHWM')])
    except OSError:
        pass
    time.sleep(0.05)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, time.monotonic() - start, peak / 1024, child.returncode]))
`;
  const child = spawn('python3', ['-c', program, file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString()));
  await once(child, 'close');
  const [cpuSeconds, seconds, peakMegabytes, status] = JSON.parse(text) as [number, number, number, number];
  if (status !== 0) throw new Error(`${file} ended with ${status}.`);
  return { cpuSeconds, seconds, peakMegabytes };
}

for (const capture of captures) {
  const rttshark = await cost(process.execPath, [
    'bin/rttshark.js',
    'extract',
    capture,
    ...asked,
    '-o',
    output,
  ]);
  const plain = await cost('tshark', ['-n', '-r', capture, '-T', 'fields', ...asked]);
  rmSync(output);
  for (const [name, figures] of Object.entries({ rttshark, plain })) {
    const { cpuSeconds, seconds, peakMegabytes } = figures;
    const cpu = `${cpuSeconds.toFixed(2)} s of the processor, ${seconds.toFixed(2)} s`;
    console.log(`${capture}  ${name.padEnd(8)}  ${cpu}, at most ${peakMegabytes.toFixed(0)} MB`);
  }
  const ratio = (rttshark.cpuSeconds / plain.cpuSeconds).toFixed(2);
  console.log(
    `${capture}  ratio     ${ratio} of the processor, ${(rttshark.seconds / plain.seconds).toFixed(2)} of the time`,
  );
}
