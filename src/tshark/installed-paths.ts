import { posix, win32 } from 'node:path';

/** What finding a program depends on, so that every platform can be tested on any. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether there is a file at this path that can be run. */
  readonly isExecutable: (path: string) => boolean;
}

/** Environment variable that names a tool's path: `RTTSHARK_TSHARK`, `RTTSHARK_DUMPCAP`, … */
export function toolVariable(tool: string): string {
  return `RTTSHARK_${tool.toUpperCase()}`;
}

/** The folders where Wireshark's installers put the command-line tools, when PATH does not know them. */
export function installerFolders({ platform, env }: Pick<Surroundings, 'platform' | 'env'>): string[] {
  if (platform === 'win32') {
    const roots = [env['ProgramW6432'], env['ProgramFiles'], env['ProgramFiles(x86)'], 'C:\\Program Files'];
    return unique(roots.filter(isSet)).map((root) => win32.join(root, 'Wireshark'));
  }
  if (platform === 'darwin') {
    return [
      '/Applications/Wireshark.app/Contents/MacOS',
      ...(isSet(env['HOME']) ? [posix.join(env['HOME'], 'Applications/Wireshark.app/Contents/MacOS')] : []),
      '/opt/homebrew/bin',
      '/usr/local/bin',
      '/opt/local/bin',
    ];
  }
  return ['/usr/bin', '/usr/local/bin', '/usr/sbin', '/usr/local/sbin', '/snap/bin', '/opt/wireshark/bin'];
}

/**
 * Every path where `tool` may be, most wanted first: beside a tool that is already known, then the folders of
 * PATH, then the installers' folders. No file is looked at.
 */
export function candidatePaths(
  tool: string,
  { platform, env }: Pick<Surroundings, 'platform' | 'env'>,
  beside?: string,
): string[] {
  const paths = platform === 'win32' ? win32 : posix;
  const pathVariable = platform === 'win32' ? (env['Path'] ?? env['PATH']) : env['PATH'];
  const folders = [
    ...(beside === undefined ? [] : [paths.dirname(beside)]),
    ...(pathVariable ?? '').split(paths.delimiter).filter(isSet),
    ...installerFolders({ platform, env }),
  ];
  const file = platform === 'win32' ? `${tool}.exe` : tool;
  return unique(folders.map((folder) => paths.join(folder, file)));
}

/** The first candidate that can be run, or null. */
export function findInstalled(tool: string, surroundings: Surroundings, beside?: string): string | null {
  return candidatePaths(tool, surroundings, beside).find(surroundings.isExecutable) ?? null;
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
