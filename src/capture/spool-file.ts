import { mkdtempSync, openSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's number of a file system that lies in memory. */
const inMemory = 0x0102_1994;
/** By custom for what is larger, and not in memory. */
const forLargeFiles = '/var/tmp';

/**
 * A file to write to and read from that has no name, so that it is gone with the process that has it open.
 *
 * @throws system errors
 */
export function openSpoolFile(): number {
  const folder = mkdtempSync(join(folderOfSpools(), 'rttshark-'));
  try {
    return openSync(join(folder, 'spool'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What such files may take at most, of the space that there is for them. */
export function freeBytes(): number {
  const { bavail, bsize } = statfsSync(folderOfSpools());
  return bavail * bsize;
}

/** That of temporary files, unless what is there takes memory. */
function folderOfSpools(): string {
  if (!isInMemory(tmpdir())) return tmpdir();
  if (!isInMemory(forLargeFiles)) return forLargeFiles;
  throw new Error('Temporary files lie in memory.');
}

function isInMemory(folder: string): boolean {
  return process.platform === 'linux' && statfsSync(folder).type === inMemory;
}
