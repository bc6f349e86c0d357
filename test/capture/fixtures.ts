import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of a capture of the project's own. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/captures/${name}`, import.meta.url));
}

/** How many samples of `tcp.analysis.ack_rtt` a capture is known to hold. */
export function knownSamples(name: string): number {
  const known = JSON.parse(readFileSync(fixture(`${name}.expected.json`), 'utf8')) as { samples: unknown[] };
  return known.samples.length;
}
