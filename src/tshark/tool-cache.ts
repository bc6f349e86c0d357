import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where this user's caches go on each platform. */
export function cacheFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'rttshark');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'rttshark');
  const base = env['XDG_CACHE_HOME'];
  return join(base?.startsWith('/') === true ? base : join(homedir(), '.cache'), 'rttshark');
}

/**
 * A key that changes when the program at `path` does; null where that cannot be told: behind a script the
 * program can change without it.
 */
export function programKey(path: string): string | null {
  try {
    const real = realpathSync(path);
    const { size, mtimeMs, ino } = statSync(real);
    const start = Buffer.alloc(2);
    const file = openSync(real, 'r');
    try {
      readSync(file, start, 0, 2, 0);
    } finally {
      closeSync(file);
    }
    if (start.toString('latin1') === '#!') return null;
    return createHash('sha256').update([real, size, mtimeMs, ino].join('\0')).digest('hex').slice(0, 24);
  } catch {
    return null;
  }
}

export interface RememberOptions {
  /** Make it anew, and keep that. */
  readonly fresh?: boolean;
}

/**
 * What `make` gives, kept in the user's cache folder under `name` for as long as the program stays the same.
 * A cache that cannot be read or written only costs time. Files appear whole or not at all.
 *
 * @param isAnswer - whether a text is what was asked for; one that is not is given, but not kept
 */
export async function rememberFor(
  program: string,
  name: string,
  make: () => Promise<string>,
  isAnswer: (text: string) => boolean,
  options: RememberOptions = {},
): Promise<string> {
  const makeBytes = async () => Buffer.from(await make());
  const isAnswerInBytes = (bytes: Buffer) => isAnswer(bytes.toString());
  return (await rememberBytesFor(program, name, makeBytes, isAnswerInBytes, options)).toString();
}

/** As {@link rememberFor}, for an answer so long that making text of it takes its time. */
export async function rememberBytesFor(
  program: string,
  name: string,
  make: () => Promise<Buffer>,
  isAnswer: (bytes: Buffer) => boolean,
  { fresh = false }: RememberOptions = {},
): Promise<Buffer> {
  const key = programKey(program);
  const folder = usersCacheFolder();
  if (key === null || folder === null) return await make();
  const path = join(folder, `${name}-${key}`);
  const kept = fresh ? null : readIfThere(path);
  if (kept !== null && isAnswer(kept)) return kept;
  const bytes = await make();
  if (isAnswer(bytes)) await writeWhole(folder, path, bytes);
  return bytes;
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** Null for a user without a home: no HOME, and none in the system's list of users. */
export function usersCacheFolder(): string | null {
  try {
    return cacheFolder(process.platform, process.env);
  } catch {
    return null;
  }
}

/**
 * Makes a folder and those above it. Node's own way of doing so never ends where a folder that exists takes no entries,
 * as those of /proc.
 */
export async function makeFolder(folder: string, attempts = 2): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || attempts === 1) throw error;
    await makeFolder(dirname(folder));
    await makeFolder(folder, attempts - 1);
  }
}

async function writeWhole(folder: string, path: string, bytes: Buffer): Promise<void> {
  const unfinished = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    await makeFolder(folder);
    await writeFile(unfinished, bytes);
    await rename(unfinished, path);
  } catch {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}
