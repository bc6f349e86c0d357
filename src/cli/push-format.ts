import { RttsharkError } from '../errors.ts';
import type { HistogramKind } from '../metrics/metric-family.ts';

/** The options that decide about the form of what is pushed, as they were given. */
export interface PushFormatFlags {
  readonly histogram: HistogramKind;
  readonly exemplars: boolean;
  readonly push: string | undefined;
  readonly textfile: string | undefined;
  readonly pushFormat: 'auto' | 'text' | 'protobuf';
  readonly format: string | undefined;
}

/**
 * The form of a push: protobuf where something is to be pushed that text cannot hold.
 *
 * @throws RttsharkError `usage` where text was asked for then, for the push or on standard output
 */
export function pushFormatOf(flags: PushFormatFlags): 'text' | 'protobuf' {
  const { histogram, exemplars, push, pushFormat, format, textfile } = flags;
  if ((format === 'prometheus' || textfile !== undefined) && histogram === 'native') {
    throw new RttsharkError('usage', "Prometheus' text format holds no native histograms.", {
      hint: 'With --histogram both, text has the classic buckets, and --push and --remote-write send both kinds.',
    });
  }
  const beyondText = [
    ...(histogram === 'classic' ? [] : ['native histograms']),
    ...(exemplars ? ['exemplars'] : []),
  ];
  if (pushFormat === 'text' && beyondText.length > 0 && push !== undefined) {
    throw new RttsharkError('usage', `Text that is pushed holds no ${beyondText.join(' and no ')}.`, {
      hint: 'Leave out --push-format: protobuf is chosen where it is needed.',
    });
  }
  if (pushFormat === 'auto') return beyondText.length > 0 ? 'protobuf' : 'text';
  return pushFormat;
}
