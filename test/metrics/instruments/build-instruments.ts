import { Counter } from '../../../src/metrics/instruments/counter.ts';
import { Enum } from '../../../src/metrics/instruments/enum.ts';
import { Gauge } from '../../../src/metrics/instruments/gauge.ts';
import { Histogram } from '../../../src/metrics/instruments/histogram.ts';
import { Info } from '../../../src/metrics/instruments/info.ts';
import type { MetricRegistry } from '../../../src/metrics/instruments/instrument.ts';
import { Summary } from '../../../src/metrics/instruments/summary.ts';
import { pythonNumber } from '../python-client.ts';
import type { RandomInstrument, Step } from './random-instruments.ts';

/** Makes the metrics in a registry, and has happen to them what is to happen. */
export function buildInstruments(instruments: readonly RandomInstrument[], register: MetricRegistry): void {
  for (const instrument of instruments) {
    const step = built(instrument, [register]);
    instrument.steps.forEach(step);
  }
}

function built(instrument: RandomInstrument, registers: MetricRegistry[]): (step: Step) => void {
  const { type, name, help, labelNames, buckets, states, percentiles } = instrument;
  const unit = instrument.unit ?? undefined;
  const options = { name, help, labelNames, registers };
  switch (type) {
    case 'Counter': {
      const counter = new Counter({ ...options, unit });
      return ({ labelValues, call, given, exemplar }) => {
        const series = counter.labels(...labelValues);
        if (call !== null) series.inc(number(given), exemplar ?? undefined);
      };
    }
    case 'Gauge': {
      const gauge = new Gauge({ ...options, unit });
      return ({ labelValues, call, given }) => {
        const series = gauge.labels(...labelValues);
        if (call === 'set' || call === 'inc' || call === 'dec') series[call](number(given));
      };
    }
    case 'Histogram': {
      const histogram = new Histogram({ ...options, unit, buckets });
      return ({ labelValues, call, given, exemplar }) => {
        const series = histogram.labels(...labelValues);
        if (call !== null) series.observe(number(given), exemplar ?? undefined);
      };
    }
    case 'Summary': {
      const summary = new Summary({ ...options, unit, percentiles });
      return ({ labelValues, call, given }) => {
        const series = summary.labels(...labelValues);
        if (call !== null) series.observe(number(given));
      };
    }
    case 'Info': {
      const info = new Info(options);
      return ({ labelValues, call, given }) => {
        const series = info.labels(...labelValues);
        if (call !== null) series.set(given as Record<string, string>);
      };
    }
    case 'Enum': {
      const enumeration = new Enum({ ...options, states });
      return ({ labelValues, call, given }) => {
        const series = enumeration.labels(...labelValues);
        if (call !== null) series.set(given as string);
      };
    }
  }
}

function number(given: Step['given']): number {
  return pythonNumber(given as string);
}

/** The same in Python, for many registries: a list of the text and the OpenMetrics text of each. */
export const pythonRegistries = `
import os
os.environ['PROMETHEUS_DISABLE_CREATED_SERIES'] = 'true'
import prometheus_client
from prometheus_client import exposition
from prometheus_client.openmetrics import exposition as openmetrics
answer = []
for instruments in asked:
    registry = prometheus_client.CollectorRegistry()
    for it in instruments:
        options = {'registry': registry}
        if it['unit']: options['unit'] = it['unit']
        if it['type'] == 'Histogram': options['buckets'] = it['buckets']
        if it['type'] == 'Enum': options['states'] = it['states']
        metric = getattr(prometheus_client, it['type'])(it['name'], it['help'], it['labelNames'], **options)
        for step in it['steps']:
            child = metric.labels(*step['labelValues']) if it['labelNames'] else metric
            call, given = step['call'], step['given']
            if call is None: continue
            if call not in ('info', 'state'): given = float(given)
            more = [step['exemplar']] if step['exemplar'] else []
            getattr(child, call)(given, *more)
    answer.append([module.generate_latest(registry).decode() for module in (exposition, openmetrics)])
`;
