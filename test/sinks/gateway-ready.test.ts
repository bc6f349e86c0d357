import { expect } from 'chai';
import { basicAuthHandler } from '../../src/sinks/basic-auth-handler.ts';
import { gatewayReady } from '../../src/sinks/gateway-ready.ts';
import { freePort } from '../support/ports.ts';
import { gatewayUser, startPushgateway, type Pushgateway } from '../support/pushgateway.ts';
import { rejection } from './rejection.ts';

describe('gatewayReady', () => {
  let gateway: Pushgateway;
  before(async () => (gateway = await startPushgateway({ basicAuth: true, routePrefix: '/prefix' })));
  after(() => gateway.stop());

  it('is content with a gateway that is, and leaves nothing there', async () => {
    await gatewayReady(gateway.url, { handler: basicAuthHandler(gatewayUser) });
    expect(await gateway.groups()).to.deep.equal([]);
  });

  it('fails as a push would', async () => {
    await rejection(gatewayReady(gateway.url), 'gateway_credentials');
    await rejection(gatewayReady(`127.0.0.1:${await freePort()}`, { retries: 0 }), 'gateway_unreachable');
    const handler = basicAuthHandler(gatewayUser);
    await rejection(gatewayReady(gateway.url.replace('/prefix', ''), { handler }), 'gateway_refused');
  });
});
