import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';

/** Without which a figure means nothing. */
export function aboutThisMachine(tshark: string) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  return {
    date: new Date().toISOString().slice(0, 10),
    rttshark: manifest.version,
    tshark,
    node: process.version,
    kernel: release(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  };
}
