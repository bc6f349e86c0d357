/** Whether a gateway can be pushed to, without pushing. */

import { requestGateway, type RequestOptions } from './request-gateway.ts';

/**
 * Asks a Pushgateway whether it is ready (`GET /-/ready`), with the same handler and so the same credentials and
 * certificates as a push.
 *
 * @param gatewayUrl - as for `pushToGateway`
 * @throws RttsharkError as `pushToGateway`
 */
export async function gatewayReady(gatewayUrl: string, options: RequestOptions = {}): Promise<void> {
  await requestGateway('GET', gatewayUrl, '/-/ready', options);
}
