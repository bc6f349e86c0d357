import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { gone, isGone } from '../support/processes.ts';
import { projectFolder } from '../support/run-command.ts';

/** Starts `sleep` apart, as often as is asked, tells the numbers of the processes, and waits. */
const script = `
import { startChild } from './src/tshark/child-process.ts';
const children = Array.from({ length: Number(process.argv.at(-1)) }, () => startChild('/bin/sleep', ['600'], { apart: true }));
await children[0].stop();
const kept = process.argv.at(-1) === '1' ? [startChild('/bin/sleep', ['600'], { apart: true })] : children.slice(1);
process.on('SIGINT', () => console.log('interrupted'));
process.on('SIGUSR1', () => process.exit(0));
process.on('SIGUSR2', () => { throw new Error('a bug'); });
setInterval(() => {}, 1000);
console.log(kept.map(({ pid }) => pid).join(' '));
`;

describe('children that are apart', function () {
  this.timeout(60_000);
  let parent: ChildProcess;
  let lines: AsyncIterator<string>;

  async function start(count: number): Promise<number[]> {
    const args = ['--import', 'tsx', '--input-type=module', '-e', script, String(count)];
    parent = spawn(process.execPath, args, {
      cwd: projectFolder,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    lines = createInterface({ input: parent.stdout! })[Symbol.asyncIterator]();
    return (await nextLine()).split(' ').map(Number);
  }

  async function nextLine(): Promise<string> {
    const { value } = (await lines.next()) as { value: string };
    return value;
  }

  afterEach(async () => {
    if (parent.exitCode !== null || parent.signalCode !== null) return;
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  });

  for (const { title, signal } of [
    { title: 'is killed', signal: 'SIGKILL' },
    { title: 'is ended by a signal', signal: 'SIGTERM' },
    { title: 'exits', signal: 'SIGUSR1' },
    { title: 'fails', signal: 'SIGUSR2' },
  ] as const) {
    for (const count of [1, 12]) {
      it(`end when their parent ${title} (${count})`, async () => {
        const pids = await start(count);
        expect(pids.map(isGone)).not.to.include(true);
        parent.kill(signal);
        for (const pid of pids) await gone(pid);
      });
    }
  }

  it('do not hear of a Ctrl-C at the terminal', async () => {
    const pids = await start(3);
    process.kill(-parent.pid!, 'SIGINT');
    expect(await nextLine()).to.equal('interrupted');
    expect(pids.map(isGone)).not.to.include(true);
    parent.kill('SIGKILL');
    for (const pid of pids) await gone(pid);
  });
});
