import { RttsharkError } from '../errors.ts';
import type { AnalysisOptions } from '../analysis/analysis-options.ts';
import { parseLabels, type LabelName } from '../measure/labels.ts';
import { parseMeasure } from '../measure/measure-list.ts';
import type { Measurement } from '../measure/measurement.ts';
import type { LogFormat, LogLevel } from '../report/log-line.ts';
import { parsePrefix } from '../measure/network-prefix.ts';
import type { ExtractionChoice, ProfileName } from '../tshark/profile.ts';
import { parseByteSize } from './byte-size.ts';

/** The options about what is read and how it is grouped, as they were given. */
export interface AnalysisFlags {
  readonly captures: readonly string[];
  readonly displayFilter: string | undefined;
  readonly decodeAs: readonly string[] | undefined;
  readonly preference: readonly string[] | undefined;
  readonly packetCount: string | undefined;
  readonly join: boolean;
  readonly profile: ProfileName;
  readonly extract: ExtractionChoice;
  readonly shards: string;
  readonly memory: string | undefined;
  readonly logFormat: LogFormat;
  readonly logLevel: LogLevel;
  readonly tshark: string | undefined;
  readonly by: string;
  readonly swap: boolean;
  readonly measure: string;
  readonly counters: boolean;
  readonly excludeRetransmitted: boolean;
  readonly exact: boolean;
  readonly prefix: string | undefined;
  readonly maxGroups: string | undefined;
}

/** What is asked for in any case. */
type GivenOptions = AnalysisOptions & {
  readonly by: readonly LabelName[];
  readonly measurements: readonly Measurement[];
};

/**
 * @param declared - the measurements that the configuration file declares
 * @throws RttsharkError `usage`
 */
export function analysisOptions(flags: AnalysisFlags, declared: readonly Measurement[] = []): GivenOptions {
  return {
    inputs: flags.captures,
    measurements: parseMeasure(flags.measure, declared),
    counters: flags.counters,
    excludeRetransmitted: flags.excludeRetransmitted,
    exact: flags.exact,
    prefix: flags.prefix === undefined ? undefined : parsePrefix(flags.prefix),
    maxGroups: flags.maxGroups === undefined ? undefined : wholeNumber('max-groups', flags.maxGroups),
    join: flags.join,
    by: parseLabels(flags.by),
    swap: flags.swap,
    filter: flags.displayFilter,
    decodeAs: flags.decodeAs,
    preferences: flags.preference,
    packetCount: flags.packetCount === undefined ? undefined : wholeNumber('packet-count', flags.packetCount),
    profile: flags.profile,
    extraction: flags.extract,
    shards: shardWish(flags.shards),
    memoryBytes: flags.memory === undefined ? undefined : parseByteSize(flags.memory),
    tshark: flags.tshark,
  };
}

const mostShards = 64;

/** @throws RttsharkError `usage` for what is neither `auto` nor a number */
export function shardWish(text: string): number | 'auto' {
  if (text === 'auto') return text;
  if (/^[1-9]\d?$/.test(text) && Number(text) <= mostShards) return Number(text);
  throw new RttsharkError('usage', `"${text}" is no value for --shards.`, {
    hint: `It is auto, or a number from 1 to ${mostShards}.`,
  });
}

/** @throws RttsharkError `usage` for what is no whole number above zero */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new RttsharkError('usage', `"${text}" is no value for --${option}.`, {
    hint: 'It is a whole number above zero.',
  });
}
