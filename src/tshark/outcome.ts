import { isAtLeast, type ToolVersion } from './version.ts';
import { withoutNoise } from './stderr-tail.ts';

/** How a tshark ended, as far as it can be observed from outside. */
export interface Ending {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines of standard error, noise included. */
  readonly stderr: readonly string[];
  readonly version: ToolVersion;
  /** Whether we asked it to stop. */
  readonly stopped: boolean;
}

export type OutcomeKind =
  /** It read everything. */
  | 'done'
  /** We stopped it. */
  | 'stopped'
  /** The input ends in the middle of a packet or is damaged; what it printed before is right. */
  | 'truncated'
  /** The input cannot be read, or is no capture. */
  | 'input_unreadable'
  /** The display filter is wrong. */
  | 'filter_invalid'
  /** A field name is wrong. */
  | 'field_invalid'
  /** Another option is wrong: a preference, decode-as, a count. */
  | 'usage'
  /** The interface cannot be captured on. */
  | 'capture_failed'
  /** It ended in a way that no input explains. */
  | 'died';

export interface Outcome {
  readonly kind: OutcomeKind;
  /** tshark's own words, without its name and without noise; empty where it said nothing. */
  readonly words: string;
}

interface Rule {
  readonly kind: OutcomeKind;
  readonly pattern: RegExp;
}

/** What tshark says decides first: its exit statuses changed their meaning from version to version. */
const rules: readonly Rule[] = [
  { kind: 'truncated', pattern: /appears to have been cut short/ },
  { kind: 'truncated', pattern: /appears to be damaged or corrupt/ },
  { kind: 'truncated', pattern: /compressed file .* corrupt|error .*decompress|decompression error/i },
  { kind: 'truncated', pattern: /error occurred while reading the file/i },
  {
    kind: 'input_unreadable',
    pattern: /^The file ".*" (?:doesn't exist|isn't a capture file|could not be opened)/s,
  },
  { kind: 'input_unreadable', pattern: /You don't have permission to read the file/ },
  { kind: 'input_unreadable', pattern: /is a directory \(folder\), not a file/ },
  { kind: 'input_unreadable', pattern: /special file" or socket or other non-regular file/ },
  { kind: 'input_unreadable', pattern: /that TShark doesn't support|contains record data that/ },
  { kind: 'input_unreadable', pattern: /standard input .*isn't a capture file/ },
  { kind: 'field_invalid', pattern: /Some fields aren't valid/ },
  { kind: 'usage', pattern: /^-o flag |unknown preference|obsolete preference|Invalid preference/i },
  {
    kind: 'usage',
    pattern: /doesn't follow the template|Unknown layer type|Unknown protocol|Valid layer types/,
  },
  { kind: 'usage', pattern: /^The specified .* isn't a|^The specified .* is (?:too large|negative|zero)/ },
  { kind: 'usage', pattern: /is not a valid field output option|invalid option|unrecognized option|^Usage:/ },
  {
    kind: 'capture_failed',
    pattern: /capture session could not be initiated|no such device|isn't a valid interface/i,
  },
  { kind: 'capture_failed', pattern: /Unable to find specified interface|Invalid capture filter/ },
];

/** From this version on, exit status 4 means a wrong display filter and nothing else. */
const statusNamesFilter = '4.2';

/**
 * What a tshark's end means. Pure: the exit status, the signal, standard error and the version decide.
 *
 * A status other than zero with words that no rule knows is a wrong filter where the version says so by
 * status 4, or, in versions before 4.2, by status 2 with words (files have rules of their own); else it died.
 */
export function outcomeOf({ exitCode, signal, stderr, version, stopped }: Ending): Outcome {
  const said = withoutNoise(stderr).map((line) => line.replace(/^tshark(?:\.exe)?: /i, ''));
  const words = said.join('\n');
  if (stopped) return { kind: 'stopped', words };
  if (signal !== null || exitCode === null) return { kind: 'died', words };
  for (const { kind, pattern } of rules) {
    if (said.some((line) => pattern.test(line))) return { kind, words: wordsFor(kind, said) };
  }
  if (exitCode === 0) return { kind: 'done', words };
  if (exitCode === (isAtLeast(version, statusNamesFilter) ? 4 : 2) && words !== '') {
    return { kind: 'filter_invalid', words };
  }
  return { kind: 'died', words };
}

/** tshark answers a wrong decode-as with hundreds of lines; the first ones say it. */
function wordsFor(kind: OutcomeKind, said: readonly string[]): string {
  if (kind !== 'usage') return said.join('\n');
  const list = said.findIndex((line) => /^Valid (?:layer types|protocols)/.test(line));
  return said.slice(0, list === -1 ? 5 : Math.min(list, 5)).join('\n');
}
