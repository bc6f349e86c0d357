/** A released version of a Wireshark tool. */
export interface ToolVersion {
  /** As the tool prints it: `4.0.17`. */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The oldest tshark whose output this program has been compared with. */
export const oldestSupported = '3.4.0';

/** Reads the version out of what `tool --version` prints; null where there is none. */
export function parseToolVersion(output: string): ToolVersion | null {
  const found = /(?:^|\s)v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(output.split('\n', 1)[0] ?? '');
  if (found === null) return null;
  const [, major = '0', minor = '0', patch = '0'] = found;
  const text = [major, minor, patch].join('.');
  return { text, major: Number(major), minor: Number(minor), patch: Number(patch) };
}

/** Whether `version` is `wanted` (as in `4.4` or `4.4.1`) or newer. */
export function isAtLeast(version: ToolVersion, wanted: string): boolean {
  const [major = 0, minor = 0, patch = 0] = wanted.split('.').map(Number);
  if (version.major !== major) return version.major > major;
  if (version.minor !== minor) return version.minor > minor;
  return version.patch >= patch;
}
