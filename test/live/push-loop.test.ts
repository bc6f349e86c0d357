import { expect } from 'chai';
import { RttsharkError } from '../../src/errors.ts';
import { PushLoop } from '../../src/live/push-loop.ts';
import { until } from '../support/deadline.ts';

/** A gateway whose answers are given by hand. */
class Gateway {
  readonly pending: { resolve: () => void; reject: (error: Error) => void }[] = [];
  readonly told: string[] = [];
  most = 0;
  readonly loop = new PushLoop({
    push: (signal) =>
      new Promise<void>((resolve, reject) => {
        const push = { resolve, reject };
        this.pending.push(push);
        this.most = Math.max(this.most, this.pending.length);
        signal.addEventListener('abort', () => {
          this.pending.splice(this.pending.indexOf(push), 1);
          reject(new RttsharkError('interrupted', 'given up'));
        });
      }),
    onSuccess: (failuresBefore) => this.told.push(`ok after ${failuresBefore}`),
    onFailure: (error, failuresBefore) => this.told.push(`${error.code} after ${failuresBefore}`),
  });

  async answer(error?: Error): Promise<void> {
    const told = this.told.length;
    const push = this.pending.shift();
    if (error === undefined) push?.resolve();
    else push?.reject(error);
    await until('it was told', () => (this.told.length > told ? true : undefined));
  }
}

const away = () => new RttsharkError('gateway_unreachable', 'away');

describe('live: pushes', () => {
  it('never overlap: an interval in which one is under way is left out', async () => {
    const gateway = new Gateway();
    for (let interval = 0; interval < 5; interval++) gateway.loop.start();
    expect(gateway.pending.length).to.equal(1);
    await gateway.answer();
    gateway.loop.start();
    await gateway.answer();
    expect(gateway.most).to.equal(1);
    expect(gateway.loop.counts()).to.deep.include({ succeeded: 2, failed: {} });
  });

  it('are counted by how they failed, with how many failed before in a row', async () => {
    const gateway = new Gateway();
    for (const error of [away(), away(), undefined, away()]) {
      gateway.loop.start();
      await gateway.answer(error);
    }
    expect(gateway.told).to.deep.equal([
      'gateway_unreachable after 0',
      'gateway_unreachable after 1',
      'ok after 2',
      'gateway_unreachable after 0',
    ]);
    expect(gateway.loop.counts().failed).to.deep.equal({ gateway_unreachable: 3 });
  });

  it('end with a last one, for which one that is under way is given up', async () => {
    const gateway = new Gateway();
    gateway.loop.start();
    const last = gateway.loop.last();
    await until('the last one is under way', () =>
      gateway.most === 1 && gateway.pending[0] ? true : undefined,
    );
    await gateway.answer();
    expect(await last).to.equal(undefined);
    expect(gateway.told).to.deep.equal(['ok after 0']);
  });

  it('tell why the last one failed', async () => {
    const gateway = new Gateway();
    const last = gateway.loop.last();
    await until('the last one is under way', () => gateway.pending[0]);
    await gateway.answer(away());
    expect((await last)?.code).to.equal('gateway_unreachable');
  });
});
