import type { Occurrence, RelativeTime } from '../capture/occurrence.ts';
import { RttsharkError } from '../errors.ts';
import type { LiveOptions } from '../live/live-options.ts';
import { parseLabels, type LabelName } from '../measure/labels.ts';
import { parseMeasure } from '../measure/measure-list.ts';
import { carriedProtocol, type Measurement } from '../measure/measurement.ts';
import { parsePrefix } from '../measure/network-prefix.ts';
import type { LogFormat, LogLevel } from '../report/log-line.ts';
import type { ExtractionChoice, ProfileName } from '../tshark/profile.ts';
import { parseRemoteHost } from '../tshark/remote-host.ts';
import { shardWish, wholeNumber } from './analysis-flags.ts';
import { parseByteSize } from './byte-size.ts';
import { parseFlowShare } from './flow-share.ts';
import type { GatewayFlags } from './gateway.ts';
import { histogramOptions, type HistogramFlags } from './histogram-flags.ts';
import { parseIdleTime, positiveDuration } from './idle-time.ts';
import type { PushFormatFlags } from './push-format.ts';
import type { RemoteWriteFlags } from './remote-write.ts';
import type { LiveFormat } from './live-formats.ts';
import { parseRingLimits } from './ring-limits.ts';

/** The options of `rttshark live`, as they were given. */
export interface LiveFlags extends HistogramFlags, GatewayFlags, PushFormatFlags, RemoteWriteFlags {
  readonly interface: readonly string[] | undefined;
  readonly remote: string | undefined;
  readonly sshOption: readonly string[] | undefined;
  readonly captureFilter: string | undefined;
  readonly snaplen: string | undefined;
  readonly bufferSize: string;
  readonly noPromiscuousMode: boolean;
  readonly linktype: string | undefined;
  readonly sample: string | undefined;
  readonly write: string | undefined;
  readonly ring: string | undefined;
  readonly displayFilter: string | undefined;
  readonly decodeAs: readonly string[] | undefined;
  readonly preference: readonly string[] | undefined;
  readonly profile: ProfileName;
  readonly extract: ExtractionChoice | 'rows' | undefined;
  readonly field: readonly string[] | undefined;
  readonly occurrence: Occurrence;
  readonly relativeTime: RelativeTime;
  readonly output: string | undefined;
  readonly shards: string;
  readonly tshark: string | undefined;
  readonly duration: string | undefined;
  readonly packetCount: string | undefined;
  readonly interval: string;
  readonly format: LiveFormat | undefined;
  readonly top: string | undefined;
  readonly requireSamples: boolean;
  readonly dryRun: boolean;
  readonly measure: string;
  readonly counters: boolean;
  readonly by: string;
  readonly swap: boolean;
  readonly prefix: string | undefined;
  readonly maxGroups: string;
  readonly expire: string;
  readonly generationPackets: string;
  readonly generationMemory: string;
  readonly overlap: string;
  readonly restartPause: string;
  readonly ownMetrics: boolean;
  readonly push: string | undefined;
  readonly pushMethod: 'put' | 'post';
  readonly pushCompression: 'gzip' | 'none';
  readonly deleteOnExit: boolean;
  readonly remoteWriteQueue: string;
  readonly listen: string | undefined;
  readonly webConfigFile: string | undefined;
  readonly logFormat: LogFormat;
  readonly logLevel: LogLevel;
}

/**
 * @param declared - the measurements that the configuration file declares
 * @throws RttsharkError `usage`
 */
export function liveOptions(flags: LiveFlags, declared: readonly Measurement[] = []): LiveOptions {
  const { remote, write, ring } = flags;
  const measurements = liveMeasurements(flags.measure, declared);
  if (flags.sshOption !== undefined && remote === undefined) {
    throw new RttsharkError('usage', '--ssh-option has no effect without --remote.');
  }
  if (ring !== undefined && write === undefined) {
    throw new RttsharkError('usage', '--ring needs --write: the name of the files.');
  }
  return {
    interfaces: flags.interface ?? [],
    remote:
      remote === undefined ? undefined : { ...parseRemoteHost(remote), sshOptions: flags.sshOption ?? [] },
    captureFilter: flags.captureFilter,
    snapLength: snapLength(flags.snaplen, measurements),
    bufferMebibytes: wholeNumber('buffer-size', flags.bufferSize),
    linkType: flags.linktype,
    promiscuous: !flags.noPromiscuousMode,
    sample: flags.sample === undefined ? undefined : parseFlowShare(flags.sample),
    write:
      write === undefined
        ? undefined
        : { path: write, limits: ring === undefined ? null : parseRingLimits(ring) },
    filter: flags.displayFilter,
    decodeAs: flags.decodeAs,
    preferences: flags.preference,
    profile: flags.profile,
    extraction: flags.extract === 'rows' ? 'auto' : flags.extract,
    shards: shardWish(flags.shards),
    tshark: flags.tshark,
    durationSeconds: flags.duration === undefined ? undefined : positiveDuration('duration', flags.duration),
    packetCount: flags.packetCount === undefined ? undefined : wholeNumber('packet-count', flags.packetCount),
    intervalSeconds: timerSeconds('interval', flags.interval),
    measurements,
    counters: flags.counters,
    by: liveLabels(flags.by),
    swap: flags.swap,
    prefix: flags.prefix === undefined ? undefined : parsePrefix(flags.prefix),
    maxGroups: wholeNumber('max-groups', flags.maxGroups),
    expireSeconds: parseIdleTime('expire', flags.expire),
    generation: {
      packets: wholeNumber('generation-packets', flags.generationPackets),
      memoryBytes: parseByteSize(flags.generationMemory),
      overlapSeconds: positiveDuration('overlap', flags.overlap),
    },
    longestPauseSeconds: timerSeconds('restart-pause', flags.restartPause),
    histogram: histogramOptions(flags),
    exemplars: flags.exemplars,
  };
}

/** Each tshark that follows another knows the packets that it was given, and not what came before them. */
function liveMeasurements(list: string, declared: readonly Measurement[]): readonly Measurement[] {
  const measurements = parseMeasure(list, declared);
  const summary = measurements.find(({ metric }) => metric === 'summary');
  if (summary !== undefined) {
    throw new RttsharkError('usage', `"${summary.name}" cannot be measured live: it is to be a summary.`, {
      hint: 'Quantiles of a capture that goes on cannot be put together over hosts and time: measure it as a histogram.',
    });
  }
  const once = measurements.find(({ oncePerConnection }) => oncePerConnection === true);
  if (once === undefined) return measurements;
  throw new RttsharkError('usage', `"${once.name}" cannot be measured live: it is taken once a connection.`, {
    hint: 'Which connections there were is not known to a tshark that follows another. Write the packets to files (--write) and analyze those.',
  });
}

/** Streams are numbered anew, and names learnt anew, by each tshark that follows another. */
function liveLabels(by: string): readonly LabelName[] {
  const labels = parseLabels(by);
  if (labels.includes('stream')) {
    throw new RttsharkError('usage', 'A live capture cannot be grouped by "stream".', {
      hint: 'The numbers of streams begin anew with each tshark that follows another. Group by src,src_port,dst,dst_port.',
    });
  }
  const name = labels.find((label) => label === 'src_name' || label === 'dst_name');
  if (name === undefined) return labels;
  throw new RttsharkError('usage', `A live capture cannot be grouped by "${name}".`, {
    hint: 'Each tshark that follows another learns the names of hosts anew. Group by src,dst.',
  });
}

/** What TCP's headers take, tunnels included; what else is measured may stand anywhere in a packet. */
const headerBytes = 256;

function snapLength(given: string | undefined, measurements: readonly Measurement[]): number {
  if (given !== undefined) return numberOrZero('snaplen', given);
  return measurements.every((measurement) => carriedProtocol(measurement) === 'tcp') ? headerBytes : 0;
}

function numberOrZero(option: string, text: string): number {
  return /^0+$/.test(text) ? 0 : wholeNumber(option, text);
}

/** What a timer can hold, in whole milliseconds. */
function timerSeconds(option: string, text: string): number {
  const seconds = positiveDuration(option, text);
  if (seconds >= 0.001 && seconds * 1000 < 2 ** 31) return seconds;
  throw new RttsharkError('usage', `"${text}" is no value for --${option}.`, {
    hint: 'It is at least 1ms and less than 24d.',
  });
}
