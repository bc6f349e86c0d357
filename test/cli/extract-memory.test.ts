import { mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { bulkyCapture } from '../capture/bulky-capture.ts';
import { busyFrames } from '../capture/busy-capture.ts';
import { until } from '../support/deadline.ts';
import { descendants, isGone } from '../support/processes.ts';
import { rttshark, startRttshark } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Whether a signal waits for a process that is stopped. */
function isAskedToEnd(pid: number): boolean {
  return /^(?:SigPnd|ShdPnd):\s*0*[1-9a-f]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

const least = ['--memory', '1MB'];

describe('command: extract within --memory', () => {
  const file = temporaryFolder();
  let frames: readonly Frame[];

  before(() => {
    frames = busyFrames({ seed: 7, connections: 7, steps: 50 });
  });

  it('warns where one tshark has to read a file that is expected to need more', async () => {
    // All is like the beginning, as far as can be foretold; in truth it is damaged, and soon read.
    const capture = file('large.pcap');
    const beginning = pcapFile(frames, { linkType: linkType.ethernet, nanoseconds: true });
    writeFileSync(capture, Buffer.concat([beginning, Buffer.alloc(16, 0xff)]));
    truncateSync(capture, 100e6);
    const run = (...args: string[]) => rttshark(['extract', capture, ...least, ...args]);
    const [depends, damaged, few] = await Promise.all([
      run('-e', 'frame.number', '-e', 'tcp.stream'),
      run('-e', 'frame.number'),
      run('-e', 'tcp.stream', '-c', '5'),
    ]);
    const warning = `GB for "${capture}", more than --memory allows`;
    expect(depends.stderr).to.contain(`${warning}: dissectors above TCP are at work.`);
    expect(damaged.stderr).to.contain(`${warning}: it has a packet of an odd length.`);
    expect(few.stderr).not.to.contain('--memory');
    expect([depends.status, damaged.status, few.status]).to.deep.equal([26, 26, 0]);
    expect(depends.stdout.split('\n')).to.have.lengthOf(frames.length + 2);
  });

  it('leaves nothing behind when it is interrupted while tsharks follow each other', async () => {
    const capture = file('bulky.pcap');
    writeFileSync(capture, bulkyCapture(frames));
    const [outputs, temporary] = [file('outputs'), file('temporary')];
    mkdirSync(outputs);
    mkdirSync(temporary);
    const args = ['-e', 'frame.number', '-e', 'ip.src', '-o', file('outputs', 'rows.csv')];
    const debug = ['--log-level', 'debug'];
    const { child, ended } = startRttshark(['extract', capture, ...least, ...args, ...debug], {
      env: { TMPDIR: temporary },
    });
    const tshark = await until('tshark was reading', () =>
      descendants(child.pid!).find(({ commandLine }) => commandLine.includes('\0-r\0-\0')),
    );
    process.kill(tshark.pid, 'SIGSTOP');
    child.kill('SIGINT');
    await until('tshark was asked to end', () => isAskedToEnd(tshark.pid) || undefined);
    process.kill(tshark.pid, 'SIGCONT');
    const { status, stdout, stderr } = await ended;
    expect(stderr).to.contain('is read by tsharks that follow each other');
    expect([status, stdout]).to.deep.equal([130, '']);
    expect(isGone(tshark.pid)).to.equal(true);
    expect([readdirSync(outputs), readdirSync(temporary)]).to.deep.equal([[], []]);
  });
});
