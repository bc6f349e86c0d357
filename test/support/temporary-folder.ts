import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * A folder that is there while the tests of a `describe` run. To be called inside of it.
 *
 * @returns gives the path of a file in it
 */
export function temporaryFolder(): (...names: string[]) => string {
  let folder: string | undefined;
  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
  return (...names) => {
    folder ??= mkdtempSync(path.join(os.tmpdir(), 'rttshark-test-'));
    return path.join(folder, ...names);
  };
}
