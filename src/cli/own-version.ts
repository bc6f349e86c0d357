import { readFileSync } from 'node:fs';

/** The version of this package. */
export function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const isRecord = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isRecord && typeof manifest.version === 'string' ? manifest.version : 'unknown';
}
