import { expect } from 'chai';
import { pushToGateway } from '../../src/sinks/push.ts';
import { rejection } from './rejection.ts';
import { runningServers } from './running-servers.ts';
import { status, type StubServer } from './stub-server.ts';

const push = { job: 'j', metrics: 'one 1\n' };

describe('a push that is redirected', () => {
  const { stub } = runningServers();
  const redirecting = (location: string, code: number): Promise<StubServer> =>
    stub((got, response, index) => {
      const there = got.path.startsWith('/there/');
      status(there ? 200 : code, there ? {} : { location: `${location}${got.path}` })(got, response, index);
    });

  it('says where it leads', async () => {
    const server = await redirecting('/there', 308);
    const error = await rejection(pushToGateway(server.url, push), 'gateway_refused');
    expect(error.message).to.contain('"/there/metrics/job/j"').and.contain('308');
    expect(server.received).to.have.lengthOf(1);
  });

  for (const code of [301, 302, 303, 307, 308]) {
    it(`is none where ${code} is followed, with method and body`, async () => {
      const server = await redirecting('/there', code);
      await pushToGateway(server.url, { ...push, redirect: 'follow' });
      expect(server.received.map(({ method, path, text }) => [method, path, text])).to.deep.equal([
        ['PUT', '/metrics/job/j', 'one 1\n'],
        ['PUT', '/there/metrics/job/j', 'one 1\n'],
      ]);
    });
  }

  it('ends in a circle', async () => {
    const server = await stub(status(307, { location: '/metrics/job/j' }));
    const error = await rejection(
      pushToGateway(server.url, { ...push, redirect: 'follow' }),
      'gateway_refused',
    );
    expect(error.message).to.contain('5 times');
    expect(server.received).to.have.lengthOf(6);
  });
});
