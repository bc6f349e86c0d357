import { chmodSync, existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { linkType, type Frame } from '../../fixtures/pcap/frame.ts';
import { pcapFile } from '../../fixtures/pcap/pcap-file.ts';
import { bulkyCapture } from '../capture/bulky-capture.ts';
import { busyFrames } from '../capture/busy-capture.ts';
import { until } from '../support/deadline.ts';
import { descendants, isGone } from '../support/processes.ts';
import { rttshark, startRttshark } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
    const [capture, tshark, taken] = [file('bulky.pcap'), file('tshark'), file('taken')];
    writeFileSync(capture, bulkyCapture(frames));
    // All rows are printed, and it does not end.
    writeFileSync(
      tshark,
      `#!/bin/bash\n[[ " $* " == *" -r - "* ]] || exec tshark "$@"\ntshark "$@"\n: > '${taken}'\nexec sleep 600\n`,
    );
    chmodSync(tshark, 0o755);
    const [outputs, temporary] = [file('outputs'), file('temporary')];
    mkdirSync(outputs);
    mkdirSync(temporary);
    const args = [
      '-e',
      'frame.number',
      '-e',
      'ip.src',
      '--tshark',
      tshark,
      '-o',
      file('outputs', 'rows.csv'),
    ];
    const debug = ['--log-level', 'debug'];
    const { child, ended } = startRttshark(['extract', capture, ...least, ...args, ...debug], {
      env: { TMPDIR: temporary },
    });
    await until('rows were printed', () => existsSync(taken) || undefined);
    const started = descendants(child.pid!);
    expect(started).not.to.deep.equal([]);
    child.kill('SIGINT');
    const { status, stdout, stderr } = await ended;
    expect(stderr).to.contain('is read by tsharks that follow each other');
    expect([status, stdout]).to.deep.equal([130, '']);
    expect(started.filter(({ pid }) => !isGone(pid))).to.deep.equal([]);
    expect([readdirSync(outputs), readdirSync(temporary)]).to.deep.equal([[], []]);
  });
});
