/**
 * Writes src/capture/well-known-fields.ts: the column types of well-known fields, for TypeScript.
 *
 *   npm run field-map                             the names that are in it, with the types of the tshark that is installed
 *   npm run field-map -- --choose TSHARK...       names chosen anew: those whose type is the same in these versions too
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scalarTypeFor } from '../src/capture/field-types.ts';
import { loadFieldCatalogue, type FieldCatalogue } from '../src/tshark/field-catalogue.ts';
import { findTshark } from '../src/tshark/find-tools.ts';

export const fieldMapPath = fileURLToPath(new URL('../src/capture/well-known-fields.ts', import.meta.url));

/** Protocols whose own fields are well known, and parts of them of which all fields are. */
const protocols = [
  'frame eth vlan arp ip ipv6 icmp icmpv6 tcp udp dns http http2 tls quic dhcp ntp gre vxlan mpls',
  'ssh smtp websocket syslog',
].flatMap((names) => names.split(' '));
const parts = [
  'frame. eth. vlan. arp. tcp. udp. ip.flags. ip.dsfield. ip.checksum. ipv6.tclass. icmp.redirect icmp.ext.',
  'dns.flags. dns.qry. dns.resp. dns.count. http.request. http.response. tls.record. tls.handshake.',
].flatMap((names) => names.split(' '));
/** What is only there or not is mostly a remark of the dissector's. */
const remarks = ['tcp.analysis.', 'tcp.connection.'];

/** The type of a field as the map has it; null for one that this tshark does not know. */
function typeIn(catalogue: FieldCatalogue, name: string): { type: string; isRelative: boolean } | null {
  const fieldType = catalogue.typeOf(name);
  if (fieldType === null) return null;
  const type = scalarTypeFor(name, fieldType);
  return { type, isRelative: type !== 'time' && fieldType === 'FT_RELATIVE_TIME' };
}

function isWellKnown(name: string, catalogue: FieldCatalogue): boolean {
  const dots = name.split('.').length - 1;
  const [protocol = ''] = name.split('.', 1);
  if (!protocols.includes(protocol) || dots > 2) return false;
  if (catalogue.typeOf(name) === 'FT_NONE') return remarks.some((prefix) => name.startsWith(prefix));
  return dots <= 1 || parts.some((prefix) => name.startsWith(prefix));
}

/** The well-known names that all of these have with one type, in the order of the first. */
function chooseNames(catalogues: readonly [FieldCatalogue, ...FieldCatalogue[]]): string[] {
  const [first, ...others] = catalogues;
  return [...first.names()].filter((name) => {
    if (!isWellKnown(name, first)) return false;
    const here = JSON.stringify(typeIn(first, name));
    return others.every((other) => JSON.stringify(typeIn(other, name)) === here);
  });
}

/** The names in a file that this script has written. */
export function namesIn(fieldMap: string): string[] {
  return Array.from(fieldMap.matchAll(/^ {2}'?([\w.-]+)'?: '\w+';$/gm), (match) => match[1] ?? '');
}

/** The file, as TypeScript. Names that this tshark does not know are left out. */
export function fieldMap(names: readonly string[], catalogue: FieldCatalogue): string {
  const typed = names.flatMap((name) => {
    const found = typeIn(catalogue, name);
    return found === null ? [] : [{ name, ...found }];
  });
  const relative = typed.filter(({ isRelative }) => isRelative);
  return `// Written by "npm run field-map": change scripts/field-map.ts instead.

/** The column types of well-known fields, which are the same in tshark 4.0, 4.4 and 4.6; relative times in seconds. */
export interface FieldTypeMap {
${typed.map(({ name, type }) => `  ${quotedKey(name)}: '${type}';\n`).join('')}}

/** Those of them that are durations where relative times are wanted in nanoseconds. */
export type RelativeTimeField =
${relative.map(({ name }) => `  | '${name}'`).join('\n')};
`;
}

function quotedKey(name: string): string {
  return /^\w+$/.test(name) ? name : `'${name}'`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [flag, ...paths] = process.argv.slice(2);
  const installed = await loadFieldCatalogue(await findTshark());
  const others = await Promise.all(paths.map(async (path) => loadFieldCatalogue(await findTshark(path))));
  const names =
    flag === '--choose' ? chooseNames([installed, ...others]) : namesIn(readFileSync(fieldMapPath, 'utf8'));
  writeFileSync(fieldMapPath, fieldMap(names, installed));
  console.log(`${fieldMapPath}: ${names.length} fields`);
}
