/** Pages of metrics, one at a time in each format, however many ask. */

import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ScrapeFormat, ScrapePage, ScrapeSource } from './scrape-source.ts';

/** A page as bytes, the same ones for all who wait for it. */
export interface Rendering {
  readonly contentType: string;
  readonly plain: Uint8Array;
  /** Compressed when first asked for, off the thread that reads packets. */
  gzipped(): Promise<Uint8Array>;
}

const compress = promisify(gzip);
// A third of the work of zlib's default, for a tenth more bytes.
const gzipLevel = 3;

/** Asks the source for pages. Who asks while one is being made gets that one. */
export class Renderings {
  readonly #source: ScrapeSource;
  readonly #underWay = new Map<ScrapeFormat, Promise<Rendering>>();

  constructor(source: ScrapeSource) {
    this.#source = source;
  }

  /** @throws whatever the source throws */
  render(format: ScrapeFormat): Promise<Rendering> {
    let rendering = this.#underWay.get(format);
    if (rendering === undefined) {
      rendering = this.#make(format).finally(() => this.#underWay.delete(format));
      this.#underWay.set(format, rendering);
    }
    return rendering;
  }

  async #make(format: ScrapeFormat): Promise<Rendering> {
    const { contentType, body } = await this.#source.metrics(format);
    const plain = await bytesOf(body);
    let packed: Promise<Uint8Array> | undefined;
    return { contentType, plain, gzipped: () => (packed ??= compress(plain, { level: gzipLevel })) };
  }
}

async function bytesOf(body: ScrapePage['body']): Promise<Uint8Array> {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}
