import { Registry as PromRegistry, register, type Metric, type RegistryContentType } from 'prom-client';
import { exposition } from '../exposition.ts';
import type { MetricFamily } from '../metric-family.ts';
import { registryFamilies } from '../registry-families.ts';
import { checkUnclaimed } from './claims.ts';
import type { AnyInstrument } from './instrument.ts';

/**
 * A registry of prom-client's that refuses metrics whose samples would have the same names, also those of prom-client,
 * and writes its text as rttshark does: each family as what it is, states and facts too, and without holding up other work.
 */
export class Registry extends PromRegistry<RegistryContentType> {
  /** @throws RttsharkError `usage` where a name is taken */
  override registerMetric(metric: AnyInstrument): void;
  override registerMetric<Label extends string>(metric: Metric<Label>): void;
  override registerMetric(metric: object): void {
    const registered = metric as AnyInstrument;
    checkUnclaimed(registered, this.getMetricsAsArray());
    super.registerMetric(registered);
  }

  /** In the text format, or as OpenMetrics where that was set (`setContentType`). */
  override async metrics(): Promise<string> {
    const format = this.contentType === PromRegistry.OPENMETRICS_CONTENT_TYPE ? 'openMetrics' : 'text';
    return Buffer.from(await exposition(this, format).metrics()).toString('utf8');
  }

  /** What it holds at this moment, for encoders of your own. */
  families(): Promise<MetricFamily[]> {
    return registryFamilies(this);
  }
}

/** prom-client's own registry, in which metrics are that name no other. Its text is prom-client's; see `exposition`. */
export const globalRegistry = register;
