import type { Tshark } from './find-tools.ts';
import { firstUnknownVersion, needlessProtocols } from './lean-protocols.ts';
import { keepFolder } from './kept-folder.ts';
import { runTool } from './run-tool.ts';
import { rememberFor } from './tool-cache.ts';
import { isAtLeast } from './version.ts';

/** A configuration of tshark in which what is above TCP and UDP is not dissected, unless it carries TCP itself. */
export interface LeanProfile {
  /** For WIRESHARK_CONFIG_DIR. */
  readonly folder: string;
  readonly isDisabled: (protocol: string) => boolean;
}

/** What costs time and changes none of the fields for which this profile is used. */
const preferences = `tcp.check_checksum: FALSE
ip.check_checksum: FALSE
tcp.track_bytes_in_flight: FALSE
tcp.calculate_timestamps: FALSE
tcp.summary_in_tree: FALSE
ip.summary_in_tree: FALSE
`;

/**
 * The lean profile for an installed tshark, kept between runs in the user's cache folder.
 *
 * @returns null where there is none: a version whose dissectors are not known, no list of them, nowhere to keep it
 */
export async function leanProfile(tshark: Tshark): Promise<LeanProfile | null> {
  if (isAtLeast(tshark.version, firstUnknownVersion)) return null;
  const list = await rememberFor(tshark.path, 'needless-protocols-1', () => askFor(tshark), isList);
  if (!isList(list)) return null;
  const folder = await keepFolder('lean', { disabled_protos: list, preferences });
  if (folder === null) return null;
  const disabled = new Set(list.split('\n'));
  return { folder, isDisabled: (protocol) => disabled.has(protocol) };
}

async function askFor(tshark: Tshark): Promise<string> {
  const [decodes, heuristics] = await Promise.all(
    ['decodes', 'heuristic-decodes'].map((list) => runTool(tshark.path, ['-G', list])),
  );
  if (decodes?.exitCode !== 0 || heuristics?.exitCode !== 0) return '';
  return needlessProtocols(decodes.stdout, heuristics.stdout)
    .map((name) => `${name}\n`)
    .join('');
}

/** A list cut short would be no harm but to speed; one that has not the commonest protocols is none. */
function isList(text: string): boolean {
  return text.endsWith('\n') && ['dns', 'http', 'tls'].every((name) => `\n${text}`.includes(`\n${name}\n`));
}
