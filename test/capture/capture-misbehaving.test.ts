import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { capture } from '../../src/packets/capture.ts';
import { fakeTool, ownChildren, until } from '../tshark/processes.ts';
import { fixture } from './fixtures.ts';
import { readAll } from './reading.ts';

const twoFields = { 'frame.number': 'uint32', 'ip.src': 'text' } as const;

describe('a tshark that misbehaves', () => {
  const input = fixture('ipv4.pcap');
  let before: readonly number[];

  beforeEach(() => {
    before = ownChildren();
  });

  afterEach('leaves no process behind', async () => {
    await until('all children are reaped', () => ownChildren().every((pid) => before.includes(pid)));
  });

  for (const name of ['dies-in-row', 'cuts-last-line']) {
    it(`gives its whole rows, and is said to have died: ${name}`, async () => {
      const { chunks, error } = await readAll({ input, fields: twoFields, tshark: fakeTool(name) });
      expect(chunks.flatMap((chunk) => chunk.toObjects())).to.deep.equal([
        { 'frame.number': 1, 'ip.src': '10.0.0.1' },
        { 'frame.number': 2, 'ip.src': '10.0.0.2' },
      ]);
      expect(error?.code).to.equal('tshark_died');
      expect(error?.exitStatus).to.equal(25);
      expect(error?.hint).to.include('2 rows').and.include('cut in two');
    });
  }

  it('may print rows with too few or too many fields, which are dropped and told of', async () => {
    const { chunks, error } = await readAll({
      input,
      fields: twoFields,
      tshark: fakeTool('wrong-field-count'),
    });
    expect(error?.code).to.equal('tshark_died');
    expect(error?.message).to.include('2 rows');
    expect(error?.hint).to.include('other 2 rows');
    expect(chunks.flatMap((chunk) => [...chunk.column('frame.number')])).to.deep.equal([2, 4]);
  });

  it('is killed by somebody else: the rows so far, and that it died', async () => {
    const reading = readAll({ input, fields: twoFields, tshark: fakeTool('never-ends') });
    const started = () => ownChildren().filter((pid) => !before.includes(pid) && isReady(pid));
    await until('it has started', () => started().length === 1);
    process.kill(started()[0]!, 'SIGKILL');
    const { rowCount, error } = await reading;
    expect(error?.code).to.equal('tshark_died');
    expect(rowCount).to.equal(1);
  });

  it('is stopped where the reader breaks off from rows without end', async () => {
    const chunks = capture({ input, fields: twoFields, tshark: fakeTool('endless-rows') });
    for await (const chunk of chunks) {
      expect(chunk.rowCount).to.be.greaterThan(1000);
      break;
    }
  });

  it('is stopped where the reader breaks off, though it says nothing more', async () => {
    process.env['FAKE_ROWS'] = '30000';
    try {
      const chunks = capture({ input, fields: twoFields, tshark: fakeTool('never-ends') })[
        Symbol.asyncIterator
      ]();
      expect((await chunks.next()).value?.rowCount).to.be.greaterThan(1000);
      await chunks.return();
    } finally {
      delete process.env['FAKE_ROWS'];
    }
  });

  it('waits where the reader does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rttshark-slow-'));
    const count = join(folder, 'count');
    process.env['FAKE_COUNT'] = count;
    try {
      const chunks = capture({ input, fields: twoFields, tshark: fakeTool('endless-rows') })[
        Symbol.asyncIterator
      ]();
      await chunks.next();
      // What is written without being read fits in the buffers on the way; then the writer stands still.
      let [last, looksTheSame] = [-1, 0];
      await until('it stands still', () => {
        const written = Number(readFileSync(count, 'utf8'));
        looksTheSame = written > 0 && written === last && isBlocked(newChild(before)) ? looksTheSame + 1 : 0;
        last = written;
        return looksTheSame === 30;
      });
      expect(last).to.be.lessThan(4_000_000);
      await chunks.return();
    } finally {
      delete process.env['FAKE_COUNT'];
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function newChild(before: readonly number[]): number {
  return ownChildren().find((pid) => !before.includes(pid)) ?? 0;
}

/** Whether the program has become the `tail` that waits for ever, and so has printed its row. */
function isReady(pid: number): boolean {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'tail';
}

/** Whether a process sleeps, all of its threads. */
function isBlocked(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((thread) =>
    /^State:\s+S/m.test(readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8')),
  );
}
