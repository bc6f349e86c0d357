import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { CaptureReading } from '../../src/capture/capture-reading.ts';
import { capture } from '../../src/packets/capture.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { rejection } from '../sinks/rejection.ts';
import { fakeTool, ownChildren, until } from '../tshark/processes.ts';
import { fixture } from './fixtures.ts';
import { readAll } from './reading.ts';

const input = fixture('ipv4.pcap');
const fields = { 'frame.number': 'uint32', 'ip.src': 'text' } as const;

describe('aborting a capture', () => {
  let before: readonly number[];

  beforeEach(() => {
    before = ownChildren();
  });

  afterEach('leaves no process behind', async () => {
    await until('all children are reaped', () => ownChildren().every((pid) => before.includes(pid)));
  });

  it('before it begins starts nothing', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const error = await rejection(capture({ input: '/nowhere', fields, signal }).toTable(), 'interrupted');
    expect(error.exitStatus).to.equal(130);
    expect(error.cause).to.equal(signal.reason);
    expect(ownChildren().filter((pid) => !before.includes(pid))).to.deep.equal([]);
  });

  it('at any moment after that ends it', async () => {
    // The first turns of the event loop are those in which files are looked at and processes are started.
    for (const turns of [0, 1, 2, 3, 5, 8, 20]) {
      const controller = new AbortController();
      const { signal } = controller;
      const reading = readAll({ input, fields, tshark: fakeTool('never-ends'), signal });
      for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      const { error } = await reading;
      expect(error?.code, `${turns} turns`).to.equal('interrupted');
    }
  });

  it('while rows come ends it after the rows that were there', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let rows = 0;
    const reading = (async () => {
      for await (const chunk of capture({ input, fields, tshark: fakeTool('endless-rows'), signal })) {
        rows += chunk.rowCount;
        if (rows > 20_000) controller.abort();
      }
    })();
    await rejection(reading, 'interrupted');
    expect(rows).to.be.greaterThan(20_000);
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const count = (method: 'addEventListener' | 'removeEventListener', by: number) => {
      const original = signal[method].bind(signal);
      signal[method] = (...args: Parameters<AbortSignal['addEventListener']>) => {
        listeners += by;
        original(...args);
      };
    };
    count('addEventListener', 1);
    count('removeEventListener', -1);
    for await (const chunk of capture({ input, fields, signal }))
      expect(listeners, `${chunk.rowCount}`).to.equal(1);
    expect(listeners).to.equal(0);
  });
});

describe('one reading', () => {
  it('knows how far it is, and how it ended', async () => {
    const reading = new CaptureReading({ tshark: await findTshark(), input, schema: fields });
    const size = readFileSync(input).length;
    expect(reading.end).to.equal(undefined);
    expect(reading.progress()).to.deep.equal({ bytesRead: undefined, bytesTotal: undefined, rows: 0 });
    let rows = 0;
    for await (const chunk of reading) rows += chunk.rowCount;
    expect(reading.end).to.deep.equal({
      kind: 'done',
      words: '',
      rows,
      malformedRows: 0,
      malformedValues: 0,
      cutShort: false,
    });
    expect(reading.progress()).to.include({ bytesTotal: size, rows });
  });

  it('that is stopped before it begins gives nothing', async () => {
    const reading = new CaptureReading({ tshark: await findTshark(), input, schema: fields });
    await reading.stop();
    for await (const chunk of reading) throw new Error(`It gave ${chunk.rowCount} rows.`);
  });
});
