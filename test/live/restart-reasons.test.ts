import { expect } from 'chai';
import { RestartCounter, reasonOf, reasonOfSource } from '../../src/live/restart-reasons.ts';
import type { ChildEnding } from '../../src/tshark/child-process.ts';

const ending: ChildEnding = {
  exitCode: 0,
  signal: null,
  stderr: [],
  stopped: false,
  spawnError: undefined,
};

describe('live: why something died', () => {
  const cases: Readonly<Record<string, [Partial<ChildEnding>, reason: string]>> = {
    'that was killed': [{ exitCode: null, signal: 'SIGKILL' }, 'killed'],
    'that ended by itself': [{}, 'ended'],
    'that failed': [{ exitCode: 1, stderr: ['dumpcap: out of luck'] }, 'died'],
    'whose interface went down': [{ exitCode: 1, stderr: ['The interface went down'] }, 'interface_down'],
    'whose interface is gone': [{ exitCode: 1, stderr: ['wire0: No such device exists'] }, 'interface_gone'],
    'that may not capture': [{ exitCode: 1, stderr: ['(Operation not permitted)'] }, 'permission'],
    'whose connection broke': [
      { exitCode: 255, stderr: ['ssh: connect to host gw port 22: Connection refused'] },
      'connection',
    ],
    'that never started': [{ exitCode: null, spawnError: 'ENOENT' }, 'not_started'],
  };
  for (const [what, [parts, reason]] of Object.entries(cases)) {
    it(`is "${reason}" for one ${what}`, () => {
      expect(reasonOf({ ...ending, ...parts }).reason).to.equal(reason);
    });
  }

  it('is that it hung, whatever signal ended it then', () => {
    expect(reasonOf({ ...ending, exitCode: null, signal: 'SIGTERM' }, true).reason).to.equal('hung');
  });

  it('is what was wrong with what it wrote', () => {
    const damaged = reasonOfSource({ ...ending, damage: 'A block says that it is 3 bytes long.' });
    expect(damaged).to.deep.equal({ reason: 'damaged', words: 'A block says that it is 3 bytes long.' });
  });

  it('has its words without what it says of its packets', () => {
    const stderr = ["Capturing on 'lo'", 'File: -', 'Packets captured: 3', 'It is raining.'];
    expect(reasonOf({ ...ending, exitCode: 2, stderr }).words).to.equal('It is raining.');
  });

  it('is counted by program and reason', () => {
    const counter = new RestartCounter();
    for (const program of ['tshark', 'dumpcap', 'tshark']) counter.add(program, 'killed');
    counter.add('tshark', 'hung');
    expect(counter.counts()).to.deep.equal([
      { program: 'tshark', reason: 'killed', count: 2 },
      { program: 'dumpcap', reason: 'killed', count: 1 },
      { program: 'tshark', reason: 'hung', count: 1 },
    ]);
  });
});
