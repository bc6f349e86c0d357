import { observedBy } from '../analysis/observed.ts';
import { observedFilter } from '../analysis/observed-filter.ts';
import { generationFields } from '../capture/generation.ts';
import { whyOneTshark } from '../capture/shard-request.ts';
import { RttsharkError } from '../errors.ts';
import type { Observed } from '../measure/capture-collector.ts';
import { fieldsOfSomeVersions } from '../measure/label-values.ts';
import { fieldsOfLayers, labelsOfMeasurement } from '../measure/measurement.ts';
import { observedSchema } from '../measure/observed-schema.ts';
import { analysisLayouts } from '../metrics/analysis-layouts.ts';
import type { HistogramLayout } from '../metrics/histogram-options.ts';
import { dumpcapArguments, type CaptureOptions } from '../tshark/capture-arguments.ts';
import { checkCapture } from '../tshark/check-capture.ts';
import { bothFilters } from '../tshark/display-filter.ts';
import { startDropWitness } from '../tshark/drop-witness.ts';
import { checkFields, missingFields } from '../tshark/field-catalogue.ts';
import { requireDumpcap } from '../tshark/find-dumpcap.ts';
import { findTshark, type Tshark } from '../tshark/find-tools.ts';
import { listInterfaces } from '../tshark/list-interfaces.ts';
import { planDrive } from '../tshark/profile.ts';
import { remoteCommand } from '../tshark/remote-command.ts';
import { resolveInterface } from '../tshark/resolve-interface.ts';
import { withSampling } from '../tshark/sampling-filter.ts';
import type { CapturePlan, LivePlan } from './live-plan.ts';
import type { LiveOptions } from './live-options.ts';

/** Samples that are kept one by one: 16 MB of values. */
const defaultExactSamples = 1_000_000;

/**
 * Finds the tools, and checks everything that can be checked before the capture begins.
 *
 * @throws RttsharkError `usage`, `filter_invalid`, `capture_failed`, `tshark_not_found`, `tshark_too_old`
 */
export async function prepareLive(live: LiveOptions): Promise<LivePlan> {
  const tshark = await findTshark(live.tshark);
  const observed = observedBy(live);
  const layouts = layoutsOf(observed, live);
  const wanted = observedSchema(observed);
  const missing = await missingFields(tshark, Object.keys(wanted), fieldsOfSomeVersions);
  const schema = Object.fromEntries(Object.entries(wanted).filter(([field]) => !missing.includes(field)));
  await checkFields(tshark, Object.keys(schema), {
    mayDeclareMore: (live.preferences ?? []).length > 0,
  });
  const asked = {
    displayFilter: bothFilters(observedFilter(observed), live.filter),
    decodeAs: live.decodeAs,
    preferences: live.preferences,
  };
  const { profile, extraction } = live;
  const drive = await planDrive(
    tshark,
    { ...asked, fields: generationFields(schema) },
    { profile, extraction, onlyBeforeTcp: fieldsOfLayers },
  );
  const { measurements, counters } = observed;
  const request = { tshark, schema, ...asked, ...drive };
  const oneTshark = whyOneTshark(request, drive.isLean);
  return {
    live,
    observed,
    layouts,
    request,
    shards: oneTshark === null ? (live.shards ?? 'auto') : 1,
    oneTshark,
    valueFields: [...new Set([...measurements, ...counters].map(({ field }) => field))],
    captures: await planCaptures(live, tshark),
    exactSamples: defaultExactSamples,
  };
}

function layoutsOf(
  { measurements, counters, labels }: Observed,
  { histogram }: LiveOptions,
): HistogramLayout[] {
  const measured = measurements.map((measurement) => ({
    ...measurement,
    labelNames: labelsOfMeasurement(measurement, labels).map(({ label }) => label),
  }));
  return analysisLayouts(measured, { histogram, ownMetrics: false }, counters);
}

/** What is asked of the sources of a live capture. */
export type SourceOptions = Pick<
  LiveOptions,
  | 'interfaces'
  | 'remote'
  | 'captureFilter'
  | 'snapLength'
  | 'bufferMebibytes'
  | 'linkType'
  | 'promiscuous'
  | 'monitorMode'
  | 'sample'
>;

/**
 * The sources of a live capture, checked: what each interface refuses it refuses here.
 *
 * @throws RttsharkError `usage`, `filter_invalid`, `capture_failed`, `tshark_not_found`
 */
export async function planCaptures(live: SourceOptions, tshark: Tshark): Promise<CapturePlan[]> {
  const { interfaces, remote } = live;
  if (remote !== undefined) return [remotePlan(live, remote)];
  if (interfaces.length === 0) {
    throw new RttsharkError('usage', 'No interface was named.', {
      hint: 'Name one with -i, "any" for all of them; "rttshark interfaces" lists them.',
    });
  }
  const pipes = interfaces.filter(isPipe);
  const named = interfaces.filter((name) => !isPipe(name));
  if (pipes.length > 0) refuseForPipes(live);
  const plans: CapturePlan[] = pipes.map((path) => ({ kind: 'pipe', path }));
  return named.length === 0 ? plans : [...plans, ...(await interfacePlans(named, live, tshark))];
}

/** A pipe is standard input or has a slash in its name, which no interface has. */
function isPipe(name: string): boolean {
  return name === '-' || name.includes('/');
}

/** What whoever writes into a pipe has decided already. */
function refuseForPipes({ captureFilter, sample }: SourceOptions): void {
  const option = captureFilter !== undefined ? '-f' : sample !== undefined ? '--sample' : undefined;
  if (option === undefined) return;
  throw new RttsharkError('usage', `${option} has no effect on a pipe.`, {
    hint: 'Filter where the packets are captured, or narrow the samples with -Y.',
  });
}

async function interfacePlans(
  names: readonly string[],
  live: SourceOptions,
  tshark: Tshark,
): Promise<CapturePlan[]> {
  const dumpcap = await requireDumpcap(tshark.path);
  const list = await listInterfaces(dumpcap);
  const resolved = names.map((name) => resolveInterface(name, list));
  const twice = resolved.find((one, i) => resolved.indexOf(one) !== i);
  if (twice !== undefined) {
    throw new RttsharkError('usage', `The interface "${twice.name}" was named twice.`);
  }
  return await Promise.all(
    resolved.map(async ({ name, loopback }): Promise<CapturePlan> => {
      const asked = captureOptions(name, live);
      await checkCapture(dumpcap, asked);
      // No "inbound" for the loopback, though the kernel holds each of its packets twice: what comes right after the start
      // libpcap filters by itself, where it knows no directions, and would throw away.
      const options = withSampling(asked, live.sample);
      if (options !== asked) await checkCapture(dumpcap, options);
      return {
        kind: 'interface',
        name,
        interfaceName: name,
        program: 'dumpcap',
        command: { file: dumpcap, args: dumpcapArguments(options) },
        options,
        loopback,
        watchDrops: () => startDropWitness({ ...options, dumpcap }),
      };
    }),
  );
}

function captureOptions(name: string, live: SourceOptions): CaptureOptions {
  return {
    interface: name,
    filter: live.captureFilter,
    snapLengthBytes: live.snapLength,
    bufferMebibytes: live.bufferMebibytes,
    promiscuous: live.promiscuous,
    monitorMode: live.monitorMode,
    linkType: live.linkType,
  };
}

function remotePlan(live: SourceOptions, remote: NonNullable<LiveOptions['remote']>): CapturePlan {
  const [name = 'any', another] = live.interfaces;
  if (another !== undefined) {
    throw new RttsharkError('usage', 'Of a remote host, one interface can be captured.', {
      hint: 'Name one with -i; "any" captures on all of them.',
    });
  }
  // What the link there is like is not known here.
  const options = withSampling(captureOptions(name, live), live.sample, false);
  return {
    kind: 'remote',
    name: remote.host,
    interfaceName: name,
    program: 'ssh',
    command: remoteCommand(remote, options),
    options,
    loopback: false,
    watchDrops: () => Promise.resolve(null),
  };
}
