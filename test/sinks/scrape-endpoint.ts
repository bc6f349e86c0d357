import { startScrapeServer, type ScrapeServerOptions } from '../../src/sinks/scrape-server.ts';
import type { ScrapeServer, ScrapeSource } from '../../src/sinks/scrape-source.ts';

/** A source that tells what it is asked, and metrics of one family. */
export function stubSource(changes: Partial<ScrapeSource> = {}): ScrapeSource {
  return {
    metrics: (format) =>
      format === 'text'
        ? { contentType: 'text/plain; version=0.0.4; charset=utf-8', body: '# TYPE probe gauge\nprobe 1\n' }
        : {
            contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
            body: '# TYPE probe gauge\nprobe 1\n# EOF\n',
          },
    healthy: () => true,
    ready: () => true,
    ...changes,
  };
}

export interface Endpoint extends ScrapeServer {
  /** What it warned of. */
  readonly warnings: string[];
}

/** Endpoints on free ports that stop when the test that started them ends. To be called inside a `describe`. */
export function endpoints(): (options?: Partial<ScrapeServerOptions>) => Promise<Endpoint> {
  const running: ScrapeServer[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close();
  });
  return async (options = {}) => {
    const warnings: string[] = [];
    const server = await startScrapeServer({
      host: '127.0.0.1',
      port: 0,
      source: stubSource(),
      onWarning: (message) => warnings.push(message),
      ...options,
    });
    running.push(server);
    return { ...server, warnings };
  };
}
