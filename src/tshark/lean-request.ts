import type { ReadRequest } from './arguments.ts';
import { isNumberOrAddress } from './filter-words.ts';

/** What decides whether the lean profile gives the same values. */
export type LeanQuestion = Pick<ReadRequest, 'fields' | 'displayFilter' | 'decodeAs' | 'preferences'>;

/**
 * Fields that TCP and what is below it fill in by themselves, whatever is made of the payload. `tcp.stream` is not
 * among them: whoever dissects a payload can begin connections. Neither are the figures whose preferences
 * the lean profile turns off.
 */
const independentFields = [
  /^frame\.(?:number|len|cap_len|time|time_epoch|time_delta|time_relative|interface_(?:id|name|description))$/,
  /^eth\.(?:src|dst|addr|type)$/,
  /^vlan\.(?:id|priority|etype)$/,
  /^ip\.(?:src|dst|addr|ttl|id|len|hdr_len|version|proto|dsfield|dsfield\.(?:dscp|ecn))$/,
  /^ipv6\.(?:src|dst|addr|hlim|flow|nxt|plen|tclass|version)$/,
  /^tcp\.(?:srcport|dstport|port|len|seq|ack|seq_raw|ack_raw|nxtseq|hdr_len|urgent_pointer)$/,
  /^tcp\.flags(?:\.(?:syn|ack|fin|reset|push|urg|str))?$/,
  /^tcp\.window_size(?:_value|_scalefactor)?$/,
  /^tcp\.options\.(?:mss_val|wscale\.shift|timestamp\.tsval|timestamp\.tsecr|sack_perm)$/,
  /^tcp\.analysis\.(?:ack_rtt|acks_frame|initial_rtt|rto|rto_frame|flags|lost_segment|ack_lost_segment)$/,
  /^tcp\.analysis\.(?:retransmission|fast_retransmission|spurious_retransmission|out_of_order|duplicate_ack)$/,
  /^tcp\.analysis\.(?:duplicate_ack_num|zero_window|zero_window_probe|zero_window_probe_ack)$/,
  /^tcp\.analysis\.(?:window_update|window_full|keep_alive|keep_alive_ack)$/,
  /^(?:frame|eth|ip|ipv6|tcp|tcp\.analysis)$/,
];

const filterWords: ReadonlySet<string> = new Set('and or not xor in eq ne gt lt ge le any all'.split(' '));

/** Preferences of TCP and IP, but those that let others look at a payload first. */
const harmlessPreference = /^(?:tcp|ip|ipv6)\.(?!.*heuristic)(?!.*exp_options)/;

/**
 * Whether preferences leave alone what is above TCP and how values are printed.
 */
export function areHarmless(preferences: readonly string[] = []): boolean {
  return preferences.every((preference) => harmlessPreference.test(preference.trim()));
}

/**
 * Whether a request gets the same values from the lean profile as with every dissector enabled. Pure; false where
 * it cannot be told.
 *
 * @param isDisabled - whether the lean profile disables a protocol
 */
export function isLeanSafe(question: LeanQuestion, isDisabled: (protocol: string) => boolean): boolean {
  const { fields, displayFilter = '', decodeAs = [], preferences } = question;
  return (
    fields.every(isIndependent) &&
    filterIsIndependent(displayFilter) &&
    decodeAs.every((rule) => staysEnabled(rule, isDisabled)) &&
    areHarmless(preferences)
  );
}

function isIndependent(field: string): boolean {
  return independentFields.some((pattern) => pattern.test(field));
}

/** A filter of comparisons between such fields and numbers, addresses and texts, and nothing more refined. */
function filterIsIndependent(filter: string): boolean {
  // Functions, slices, references, raw values, macros, and comparisons with bytes, which may reach into a payload.
  if (
    /[$@[\]]|[\w.]\s*\(|\b(?:contains|matches)\b|~/.test(filter.replace(/\b(?:and|or|not|xor|in)\b/gi, ' & '))
  )
    return false;
  const words = filter.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/gs, ' ').match(/[\w.:-]+/g) ?? [];
  return words.every(
    (word) => filterWords.has(word.toLowerCase()) || isIndependent(word) || isNumberOrAddress(word),
  );
}

/** Of a rule as in `udp.port==5000,vxlan`: whether its protocol is one that stays enabled, so that the rule works. */
function staysEnabled(rule: string, isDisabled: (protocol: string) => boolean): boolean {
  const protocol = rule.slice(rule.lastIndexOf(',') + 1).trim();
  return rule.includes(',') && protocol !== '' && !isDisabled(protocol);
}
