import { networkInterfaces } from 'node:os';
import { expect } from 'chai';
import { instanceIpGroupingKey } from '../../src/sinks/instance-ip.ts';
import { rejection } from './rejection.ts';

describe('instanceIpGroupingKey', () => {
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);

  it('is loopback for a gateway on loopback', async () => {
    expect(await instanceIpGroupingKey('http://127.0.0.1:9091')).to.deep.equal({ instance: '127.0.0.1' });
    expect(['127.0.0.1', '::1']).to.include((await instanceIpGroupingKey('localhost:9091')).instance);
  });

  it('is an address of this host for a gateway elsewhere, or an error that says why not', async () => {
    for (const url of ['http://198.51.100.7:9091', undefined]) {
      const key = await instanceIpGroupingKey(url).catch((error: unknown) => error);
      if (key instanceof Error) {
        await rejection(Promise.reject(key), 'gateway_unreachable');
        continue;
      }
      expect(outward).to.include((key as { instance: string }).instance);
    }
  });

  it('is the address itself for a gateway on this host', async function () {
    const [address] = outward;
    if (address === undefined) return;
    expect(await instanceIpGroupingKey(`http://${address}`)).to.deep.equal({ instance: address });
  });

  it('fails for a name that nobody has, and for a wrong URL', async () => {
    const error = await rejection(instanceIpGroupingKey('http://gateway.invalid'), 'gateway_unreachable');
    expect(error.message).to.contain('"http://gateway.invalid"');
    expect(error.hint).to.contain('instance');
    await rejection(instanceIpGroupingKey('ftp://host'), 'usage');
  });
});
