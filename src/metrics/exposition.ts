import { encodeInSlices } from './encode-in-slices.ts';
import { expositionFormats } from './exposition-formats.ts';
import { registryFamilies, type ReadableRegistry } from './registry-families.ts';

/** `text` is Prometheus' text format 0.0.4, `openMetrics` OpenMetrics 1.0, `protobuf` Prometheus' own, delimited. */
export type ExpositionFormatName = keyof typeof expositionFormats;

/** A registry in one format, to be pushed or served. */
export interface Exposition {
  /** For the header of the same name. */
  readonly contentType: string;
  /** The bytes of this moment. Other work has its turn while they are made. */
  metrics(): Promise<Uint8Array>;
}

/**
 * A registry in one of the exposition formats: what `pushToGateway` takes, and a server answers with.
 *
 * @param registry - rttshark's or prom-client's
 */
export function exposition(registry: ReadableRegistry, format: ExpositionFormatName): Exposition {
  const { contentType, encode } = expositionFormats[format];
  return {
    contentType,
    metrics: async () => encodeInSlices(encode(await registryFamilies(registry))),
  };
}
