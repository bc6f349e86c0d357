import { execFile } from 'node:child_process';
import { exactSum } from './exact-sum.ts';

/** One round-trip time as tshark prints it when it is driven by hand. */
export interface PlainSample {
  readonly src: string;
  readonly dst: string;
  readonly src_port: string;
  readonly dst_port: string;
  readonly stream: string;
  readonly interface: string;
  /** Decimal seconds. */
  readonly value: string;
  readonly time: string;
}

export type PlainLabel = Exclude<keyof PlainSample, 'value' | 'time'>;

const fields = [
  'frame.protocols',
  'frame.time_epoch',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.stream',
  'frame.interface_name',
  'frame.interface_id',
  'tcp.analysis.ack_rtt',
];

/** What tshark, driven plainly, prints for a capture: nothing of rttshark's own is used to ask or to read. */
export async function plainTshark(
  capture: string,
  arguments_: readonly string[] = [],
): Promise<PlainSample[]> {
  const flags = ['-n', '-r', capture, ...arguments_, '-Y', 'tcp.analysis.ack_rtt', '-T', 'fields'];
  const args = [...flags, '-E', 'occurrence=a', ...fields.flatMap((field) => ['-e', field])];
  const output = await new Promise<string>((resolve, reject) => {
    // tshark complains of a capture that is cut short, after it has printed what there is.
    execFile('tshark', args, { maxBuffer: 256 * 1024 * 1024 }, (error, stdout) => {
      if (error === null || typeof error.code === 'number') resolve(stdout);
      else reject(new Error('tshark could not be run', { cause: error }));
    });
  });
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map(sampleOf);
}

function sampleOf(line: string): PlainSample {
  const values = new Map(line.split('\t').map((text, at) => [fields[at] ?? '', text.split(',')]));
  const last = (field: string): string => values.get(field)?.at(-1) ?? '';
  return {
    ...carrier(last('frame.protocols').split(':'), values),
    src_port: last('tcp.srcport'),
    dst_port: last('tcp.dstport'),
    stream: last('tcp.stream'),
    interface: last('frame.interface_name') || last('frame.interface_id'),
    value: last('tcp.analysis.ack_rtt'),
    time: last('frame.time_epoch'),
  };
}

/** The addresses of the IP layer around the last TCP, found by walking the layers from the outside. */
function carrier(
  protocols: readonly string[],
  values: ReadonlyMap<string, readonly string[]>,
): { src: string; dst: string } {
  const left = { ip: 0, ipv6: 0 };
  let around = { src: '', dst: '' };
  let found = around;
  for (const protocol of protocols) {
    if (protocol === 'ip' || protocol === 'ipv6') {
      const at = left[protocol]++;
      const address = (end: 'src' | 'dst'): string => values.get(`${protocol}.${end}`)?.[at] ?? '';
      around = { src: address('src'), dst: address('dst') };
    }
    if (protocol === 'tcp') found = around;
  }
  return found;
}

/** The figures of one group. */
export interface PlainFigures {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** The figures of each group; the key is the group's label values, joined by blanks. */
export function plainFigures(
  samples: readonly PlainSample[],
  labels: readonly PlainLabel[] = ['src', 'dst'],
): Map<string, PlainFigures> {
  const groups = new Map<string, string[]>();
  for (const sample of samples) {
    const key = labels.map((label) => sample[label]).join(' ');
    const values = groups.get(key) ?? [];
    groups.set(key, values);
    values.push(sample.value);
  }
  return new Map([...groups].map(([key, values]) => [key, figuresOf(values)]));
}

function figuresOf(values: readonly string[]): PlainFigures {
  const numbers = values.map(Number);
  return {
    count: numbers.length,
    sum: exactSum(numbers),
    min: Math.min(...numbers),
    max: Math.max(...numbers),
  };
}
