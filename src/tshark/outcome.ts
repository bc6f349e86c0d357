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

/**
 * What tshark says decides first: its exit statuses changed their meaning from version to version. A rule looks at the
 * beginnings of lines only, for names and filters of the user's can hold anything.
 */
const rules: readonly Rule[] = [
  { kind: 'truncated', pattern: aboutInput('appears to have been cut short') },
  { kind: 'truncated', pattern: aboutInput('appears to be damaged or corrupt') },
  { kind: 'truncated', pattern: aboutInput('cannot be decompressed; it may be damaged') },
  // Met on the way, behind packets that could be read.
  { kind: 'truncated', pattern: aboutInput('contains record data that') },
  { kind: 'truncated', pattern: /^An (?:internal )?error occurred while reading the /m },
  {
    kind: 'input_unreadable',
    pattern: aboutInput(
      "doesn't exist|isn't a capture file|could not be opened" +
        '|cannot be decompressed|is a "special file" or socket',
    ),
  },
  { kind: 'input_unreadable', pattern: /^(?:The path to the file|You don't have permission to read) /m },
  { kind: 'input_unreadable', pattern: /^".*" is a directory \(folder\), not a file/ms },
  { kind: 'field_invalid', pattern: /^Some fields aren't valid/m },
  { kind: 'usage', pattern: /^-o flag |^Invalid -o flag |^Invalid preference/im },
  {
    kind: 'usage',
    pattern: /^Parameter ".*" doesn't follow the template|^Unknown (?:layer type|protocol) -- /m,
  },
  { kind: 'usage', pattern: /^Valid layer types are:|^Invalid selector number / },
  { kind: 'usage', pattern: /^The specified .* (?:isn't a|is (?:too large|a negative|zero))/m },
  { kind: 'usage', pattern: /is not a valid field output option|^(?:invalid|unrecognized) option|^Usage:/m },
  { kind: 'capture_failed', pattern: /^The capture session could not be |^There is no device named /m },
  { kind: 'capture_failed', pattern: /^\(?No such device|isn't a valid interface/im },
  { kind: 'capture_failed', pattern: /^Unable to find specified interface|^Invalid capture filter /m },
];

function aboutInput(complaint: string): RegExp {
  return new RegExp(`^The (?:file ".*"|standard input) (?:${complaint})`, 'ms');
}

/** From this version on, exit status 4 means a wrong display filter and nothing else. */
const statusNamesFilter = '4.2';

/**
 * What a tshark's end means, or that of a tool that feeds it. Pure: the exit status, the signal, standard error and the
 * version decide.
 *
 * Status 0 is the end of the input, whatever else was said, unless that was that the input is cut short: mergecap
 * reports this as success from 4.4 on. Another status with words that no rule knows is a wrong filter where the version
 * says so by status 4, or, in versions before 4.2, by status 2 with words (files have rules of their own); else it died.
 */
export function outcomeOf({ exitCode, signal, stderr, version, stopped }: Ending): Outcome {
  const said = withoutNoise(stderr).map((line) => line.replace(programName, ''));
  const words = said.join('\n');
  if (stopped) return { kind: 'stopped', words };
  if (signal !== null || exitCode === null) return { kind: 'died', words };
  const rule = rules.find(({ pattern }) => pattern.test(words));
  if (exitCode === 0 && rule?.kind !== 'truncated') return { kind: 'done', words };
  if (rule !== undefined) return { kind: rule.kind, words: wordsFor(rule.kind, said) };
  if (exitCode === (isAtLeast(version, statusNamesFilter) ? 4 : 2) && words !== '') {
    return { kind: 'filter_invalid', words };
  }
  return { kind: 'died', words };
}

const programName = /^(?:tshark|mergecap|dumpcap)(?:\.exe)?: /i;

/** tshark answers a wrong decode-as with hundreds of lines; the first ones say it. */
function wordsFor(kind: OutcomeKind, said: readonly string[]): string {
  if (kind !== 'usage') return said.join('\n');
  const list = said.findIndex((line) => /^Valid (?:layer types|protocols)/.test(line));
  return said.slice(0, list === -1 ? 5 : Math.min(list, 5)).join('\n');
}
