import { expect } from 'chai';
import { InterfaceTable } from '../../src/capture/interface-table.ts';
import { LiveSource, type LiveSourceOptions, type SourceEvent } from '../../src/capture/live-source.ts';
import { parseDumpcapEnd } from '../../src/tshark/capture-counts.ts';
import { until } from '../support/deadline.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fakeTool, ownChildren } from '../tshark/processes.ts';
import { fixture } from './fixtures.ts';

type Then = 'wait' | 'die' | 'garbage' | 'stubborn' | 'tied' | 'fail';

describe('a capturing program that is kept alive', function () {
  this.timeout(60_000);
  const file = temporaryFolder();
  let before: readonly number[];
  let source: LiveSource;
  let events: SourceEvent[];
  let lives = 0;

  beforeEach(() => {
    before = ownChildren();
    events = [];
    process.env['FAKE_CAPTURE'] = fixture('ipv4.pcap');
  });

  afterEach('leaves no process behind', async () => {
    await source.stop();
    for (const name of ['FAKE_CAPTURE', 'FAKE_THEN', 'FAKE_LIVES']) Reflect.deleteProperty(process.env, name);
    await until('all children are reaped', () =>
      ownChildren().every((pid) => before.includes(pid)) ? true : undefined,
    );
  });

  /** @param badLives - how many end as it says; all where it is left out */
  function make(then: Then, options: Partial<LiveSourceOptions> = {}, badLives?: number): LiveSource {
    process.env['FAKE_THEN'] = then;
    if (badLives !== undefined) process.env['FAKE_LIVES'] = `${file(`lives-${(lives += 1)}`)},${badLives}`;
    source = new LiveSource({
      command: { file: fakeTool('captures'), args: [] },
      interfaceName: 'eth0',
      tied: false,
      table: new InterfaceTable(),
      longestPauseMs: 20,
      dropsOf: (stderr) => {
        const counts = parseDumpcapEnd(stderr);
        return (
          counts && {
            kernel: counts.kernelDropped,
            program: counts.programDropped,
            interface: counts.interfaceDropped,
          }
        );
      },
      watchDrops: () => Promise.resolve(null),
      limit: () => Infinity,
      onBatch: () => undefined,
      onEvent: (event) => events.push(event),
      ...options,
    });
    return source;
  }

  const died = () => events.filter(({ kind }) => kind === 'died').length;

  it('gives its packets until it is stopped, and then what was dropped', async () => {
    let begun = 0;
    make('wait');
    const ended = source.run(() => (begun += 1));
    await until('packets have come', () => (source.packets > 0 ? true : undefined));
    expect(source.isCapturing).to.equal(true);
    await source.stop();
    expect(await ended).to.equal(null);
    expect(begun).to.equal(1);
    expect(source.dropped()).to.deep.equal({ kernel: 3, program: 2, interface: 1 });
    expect(source.gaps).to.equal(0);
    expect(source.isCapturing).to.equal(false);
  });

  it('is started again when it dies, and the gap is counted', async () => {
    make('die', {}, 3);
    const ended = source.run(() => undefined);
    await until('it captures for the fourth time', () =>
      events.filter(({ kind }) => kind === 'began').length === 4 ? true : undefined,
    );
    expect(died()).to.equal(3);
    expect(source.gaps).to.equal(3);
    expect(source.gapSeconds).to.be.greaterThan(0);
    await until('the same packets have come again', () =>
      source.packets > 0 && source.packets % 4 === 0 ? true : undefined,
    );
    const gaps = source.gapSeconds;
    await source.stop();
    expect(await ended).to.equal(null);
    expect(source.gapSeconds).to.equal(gaps);
    expect(source.dropped().kernel).to.equal(3);
  });

  it('is given up where it does not begin the first time', async () => {
    make('fail');
    const ending = await source.run(() => expect.fail('It never began.'));
    expect(ending).to.include({ exitCode: 1, damage: undefined });
    expect(ending?.stderr.join()).to.include('no device "eth9"');
    expect(events).to.deep.equal([]);
  });

  it('is given up where there is no such program', async () => {
    make('wait', { command: { file: '/nowhere/dumpcap', args: [] } });
    expect(await source.run(() => undefined)).to.include({ spawnError: 'ENOENT' });
  });

  it('is started again where it writes garbage; the packets before that count', async () => {
    let whole = 0;
    make('garbage', { onBatch: ({ packets }) => (whole += packets) }, 1);
    const ended = source.run(() => undefined);
    await until('it captures again', () => (events.length >= 3 ? true : undefined));
    const [, second] = events;
    expect(second).to.have.nested.property('ending.damage').that.is.a('string');
    await until('both have given theirs', () => (whole === source.packets && whole > 0 ? true : undefined));
    await source.stop();
    await ended;
  });

  it('is ended by force where it takes no notice', async () => {
    make('stubborn');
    const ended = source.run(() => undefined);
    await until('packets have come', () => (source.packets > 0 ? true : undefined));
    await source.stop();
    expect(await ended).to.equal(null);
  });

  it('ends when its tie is cut', async () => {
    make('tied', { tied: true });
    const ended = source.run(() => undefined);
    await until('packets have come', () => (source.packets > 0 ? true : undefined));
    await source.stop();
    expect(await ended).to.equal(null);
    expect(source.dropped()).to.deep.equal({ kernel: 3, program: 2, interface: 1 });
  });

  it('gives no more packets than the limit', async () => {
    make('wait', { limit: () => 3 - source.packets });
    const ended = source.run(() => undefined);
    await until('they have come', () => (source.packets === 3 ? true : undefined));
    await source.stop();
    await ended;
    expect(source.packets).to.equal(3);
  });

  it('gives what is left after a stop while nobody took it', async () => {
    make('wait');
    source.pause();
    const ended = source.run(() => undefined);
    await until('it runs', () => source.pid);
    const stopped = source.stop();
    source.resume();
    await stopped;
    expect(await ended).to.equal(null);
  });

  it('captures though nobody can tell drops', async () => {
    make('wait', { watchDrops: () => Promise.reject(new Error('not here')) });
    const ended = source.run(() => undefined);
    await until('packets have come', () => (source.packets > 0 ? true : undefined));
    await source.readDrops();
    expect(source.dropsAreLive).to.equal(false);
    await source.stop();
    await ended;
  });
});
