import type { MetricFamily } from './metric-family.ts';
import { sampleLines, type SampleManner } from './sample-lines.ts';

/** An exposition format, as far as formats differ. */
export interface Manner extends SampleManner {
  /** The lines before a family's samples. */
  header(family: MetricFamily): string;
  /** What stands between two families. */
  readonly between: string;
  /** What stands behind the last one. */
  readonly end: string;
}

/** In UTF-16 units, which most metrics make as many bytes. */
const chunkLength = 64 * 1024;

/**
 * Metrics as text, in chunks of some 64 KiB. A sample is asked for, and written whole, between two chunks: what stands
 * behind the samples may change while a chunk is waited for, and each sample still agrees with itself.
 */
export function* writeFamilies(families: Iterable<MetricFamily>, manner: Manner): Generator<string> {
  let text = '';
  let between = '';
  for (const family of families) {
    text += `${between}${manner.header(family)}`;
    between = manner.between;
    for (const lines of sampleLines(family, manner)) {
      text += lines;
      if (text.length < chunkLength) continue;
      yield text;
      text = '';
    }
  }
  text += manner.end;
  if (text !== '') yield text;
}
