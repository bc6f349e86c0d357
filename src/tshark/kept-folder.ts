import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, usersCacheFolder } from './tool-cache.ts';

/**
 * A folder with these files and no others, in the user's cache folder. Its name tells what is in it, so that two
 * runs that want the same share it, and those that do not never meet. It appears whole or not at all.
 *
 * @param name - how its own name begins
 * @param files - text by file name
 * @returns its path; null where it cannot be kept, or somebody has changed it and it cannot be replaced
 */
export async function keepFolder(
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<string | null> {
  const cache = usersCacheFolder();
  if (cache === null) return null;
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 24);
  const folder = join(cache, `${name}-${hash}`);
  if (await holds(folder, files)) return folder;
  let unfinished: string | undefined;
  try {
    await makeFolder(cache);
    unfinished = await mkdtemp(`${folder}.`);
    for (const [file, text] of Object.entries(files)) await writeFile(join(unfinished, file), text);
    await rename(unfinished, folder).catch(async () => {
      // Another run was first, or something else is in the way.
      if (await holds(folder, files)) return;
      await rm(folder, { recursive: true, force: true });
      await rename(unfinished ?? '', folder);
    });
  } catch {
    // Without the folder all goes on, slower.
  }
  if (unfinished !== undefined) await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
  return (await holds(folder, files)) ? folder : null;
}

async function holds(folder: string, files: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    const names = await readdir(folder);
    if (names.length !== Object.keys(files).length) return false;
    for (const [file, text] of Object.entries(files)) {
      if ((await readFile(join(folder, file), 'utf8')) !== text) return false;
    }
    return true;
  } catch {
    return false;
  }
}
