/** Requests to the scrape endpoint, each to its answer. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeBody } from './scrape-body.ts';
import type { ScrapeGate } from './scrape-gate.ts';
import type { ScrapeLimits } from './scrape-limits.ts';
import { acceptsGzip, chooseFormat } from './scrape-negotiation.ts';
import { Renderings } from './scrape-renderings.ts';
import { landingPage, reply } from './scrape-reply.ts';
import { Slots } from './scrape-slots.ts';
import type { ScrapeSource } from './scrape-source.ts';
import type { WebConfig } from './web-config.ts';

/** What of a web config is asked at each request. */
export type RequestConfig = Pick<WebConfig, 'users' | 'headers'>;

export interface ScrapeHandlerOptions {
  readonly source: ScrapeSource;
  readonly gate: ScrapeGate;
  readonly limits: ScrapeLimits;
  readonly config: () => Promise<RequestConfig>;
  /** Told of what went wrong on our side, which clients are not. */
  readonly onFailure: (error: unknown) => void;
}

/** Answers requests. What it gives never rejects. */
export class ScrapeHandler {
  readonly #options: ScrapeHandlerOptions;
  readonly #renderings: Renderings;
  readonly #slots: Slots;

  constructor(options: ScrapeHandlerOptions) {
    this.#options = options;
    this.#renderings = new Renderings(options.source);
    this.#slots = new Slots(options.limits.scrapes, options.limits.patientMs);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (await this.#isAdmitted(request, response)) await this.#route(request, response);
    } catch (error) {
      this.#options.onFailure(error);
      if (response.headersSent) response.destroy();
      else reply(request, response, 500);
    }
  }

  /** Before anything else, so that who is refused learns nothing. */
  async #isAdmitted(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { users, headers } = await this.#options.config();
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (hasBody(request)) response.setHeader('Connection', 'close');
    const verdict = await this.#options.gate.verdict(request.headers.authorization, users);
    if (verdict === 'wrong') reply(request, response, 401, { headers: { 'WWW-Authenticate': 'Basic' } });
    if (verdict === 'busy') reply(request, response, 503, { headers: { 'Retry-After': '1' } });
    return verdict === 'right';
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (hasBody(request)) {
      reply(request, response, 413);
      return;
    }
    const { source } = this.#options;
    const [path = ''] = (request.url ?? '').split('?', 1);
    const routes: Record<string, () => Promise<void> | void> = {
      '/': () => {
        reply(request, response, 200, { text: landingPage, type: 'text/html; charset=utf-8' });
      },
      '/metrics': () => this.#scrape(request, response),
      '/-/healthy': () => {
        const healthy = source.healthy();
        reply(request, response, healthy ? 200 : 503, { text: healthy ? 'Healthy.' : 'Not healthy.' });
      },
      '/-/ready': () => {
        const ready = source.ready();
        reply(request, response, ready ? 200 : 503, { text: ready ? 'Ready.' : 'Not ready yet.' });
      },
    };
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined) reply(request, response, 404);
    else if (request.method !== 'GET' && request.method !== 'HEAD') {
      reply(request, response, 405, { headers: { Allow: 'GET, HEAD' } });
    } else await route();
  }

  async #scrape(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const leave = this.#slots.enter(() => response.destroy());
    if (leave === undefined) {
      reply(request, response, 503, { headers: { 'Retry-After': '1' } });
      return;
    }
    try {
      const format = chooseFormat(request.headers.accept, this.#options.source.hasProtobuf);
      const rendering = await this.#renderings.render(format);
      const packed = acceptsGzip(encodingsOf(request));
      const body = packed ? await rendering.gzipped() : rendering.plain;
      // Whoever asked may have gone meanwhile.
      if (response.destroyed) return;
      response.writeHead(200, {
        'Content-Type': rendering.contentType,
        'Content-Length': body.length,
        Vary: 'Accept, Accept-Encoding',
        ...(packed && { 'Content-Encoding': 'gzip' }),
      });
      if (request.method === 'HEAD') response.end();
      else await writeBody(response, body, this.#options.limits.stalledMs);
    } finally {
      leave();
    }
  }
}

function encodingsOf({ headers }: IncomingMessage): string | undefined {
  const given = headers['accept-encoding'];
  return Array.isArray(given) ? given.join(',') : given;
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}
