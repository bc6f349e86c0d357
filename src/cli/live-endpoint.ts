import { liveExposition, type ExpositionOptions } from '../live/exposition.ts';
import type { LiveRun } from '../live/live-run.ts';
import { parseListenAddress, type ListenAddress } from '../sinks/scrape-address.ts';
import { startScrapeServer } from '../sinks/scrape-server.ts';
import type { ScrapeServer } from '../sinks/scrape-source.ts';
import { readWebConfig, type WebConfig } from '../sinks/web-config.ts';
import type { Log } from './log.ts';

/** Where metrics will be served, checked before the capture begins. */
export interface PreparedEndpoint {
  readonly address: ListenAddress;
  readonly webConfig: WebConfig | undefined;
}

/** @throws RttsharkError `usage` */
export async function prepareEndpoint(
  listen: string,
  webConfigFile: string | undefined,
): Promise<PreparedEndpoint> {
  return {
    address: parseListenAddress(listen),
    webConfig: webConfigFile === undefined ? undefined : await readWebConfig(webConfigFile),
  };
}

/** @throws RttsharkError `usage` for an address that cannot be listened on */
export async function serveLive(
  { address, webConfig }: PreparedEndpoint,
  run: LiveRun,
  exposition: ExpositionOptions,
  log: Log,
): Promise<ScrapeServer> {
  const server = await startScrapeServer({
    ...address,
    webConfig,
    source: {
      hasProtobuf: exposition.plan.layouts.some(({ native }) => native !== null),
      metrics: (format) => liveExposition(run, format === 'openmetrics' ? 'openMetrics' : format, exposition),
      healthy: () => true,
      ready: () => run.isReady,
    },
    onWarning: (message) => {
      log.warn('endpoint', message);
    },
  });
  log.info('listening', `Serving metrics at ${server.url}/metrics.`, { url: `${server.url}/metrics` });
  return server;
}
