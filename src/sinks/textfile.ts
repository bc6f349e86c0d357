/** A text file for the textfile collector of Prometheus' node_exporter. */

import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RttsharkError } from '../errors.ts';
import type { MetricsSource } from './payload.ts';

/** The collector runs as another user. */
const readableForAll = 0o644;

/**
 * Writes metrics to a file that the textfile collector reads: whole, under a name that it does not look at, and then
 * renamed into its place, readable for everyone. Where a link leads to it, the file is replaced and the link stays.
 *
 * @param file - its name ends in `.prom`
 * @param metrics - Prometheus' text format without time stamps, which the collector refuses; or something that writes
 *   it, such as prom-client's Registry
 * @throws RttsharkError `usage` for another name, another format, and where it cannot be written; the file is then as
 *   it was
 */
export async function writeTextfile(
  file: string,
  metrics: string | Uint8Array | MetricsSource,
): Promise<void> {
  checkTextfileName(file);
  const text = await textOf(file, metrics);
  try {
    await writeBeside(await realpath(file).catch(() => file), text);
  } catch (error) {
    throw unwritable(file, error instanceof Error ? error.message : undefined);
  }
}

/**
 * Whether a file can be one of the collector's, looking at its name only.
 *
 * @throws RttsharkError `usage`
 */
export function checkTextfileName(file: string): void {
  if (basename(file) !== '.prom' && basename(file).endsWith('.prom')) return;
  throw new RttsharkError('usage', `The text file "${file}" does not end in ".prom".`, {
    hint: 'node_exporter reads no others.',
  });
}

/**
 * The same, and whether its folder is there.
 *
 * @throws RttsharkError `usage`
 */
export async function checkTextfile(file: string): Promise<void> {
  checkTextfileName(file);
  const folder = await stat(dirname(file)).catch((error: unknown) => {
    throw unwritable(file, error instanceof Error ? error.message : undefined);
  });
  if (!folder.isDirectory()) throw unwritable(file, `${dirname(file)} is no folder`);
}

async function textOf(
  file: string,
  metrics: string | Uint8Array | MetricsSource,
): Promise<string | Uint8Array> {
  if (typeof metrics === 'string' || metrics instanceof Uint8Array) return metrics;
  if (metrics.contentType.startsWith('text/plain')) return await metrics.metrics();
  throw new RttsharkError(
    'usage',
    `The text file "${file}" cannot hold metrics as "${metrics.contentType}".`,
    {
      hint: "node_exporter reads Prometheus' text format.",
    },
  );
}

async function writeBeside(file: string, text: string | Uint8Array): Promise<void> {
  const unfinished = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    await writeDurably(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** On the disk before it is renamed: after a loss of power there would be an empty file else. */
async function writeDurably(file: string, text: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    // Whatever the umask is.
    await handle.chmod(readableForAll);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unwritable(file: string, detail: string | undefined): RttsharkError {
  return new RttsharkError('usage', `The text file "${file}" cannot be written.`, {
    detail,
    hint: 'Does its folder exist, and may it be written to?',
  });
}
