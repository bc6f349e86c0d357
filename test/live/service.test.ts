import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { findCompanion } from '../../src/tshark/find-tools.ts';
import { until } from '../support/deadline.ts';
import { descendants } from '../support/processes.ts';
import { program, projectFolder, runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { chatter } from './chatter.ts';
import { beginLive, endingCaptures } from './running-live.ts';

const folder = path.join(projectFolder, 'examples/systemd');
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
const nobody = 65_534;

/** The values of a setting, all lines together. */
function settings(unit: string, name: string): string[] {
  return Array.from(unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm')), ([, value = '']) => value);
}

/** `CAP_NET_RAW` as setpriv writes it. */
const capabilities = (unit: string, name: string): string[] =>
  settings(unit, name)
    .join(' ')
    .split(' ')
    .map((capability) => `+${capability.replace(/^CAP_/, '').toLowerCase()}`);

describe('the systemd unit', () => {
  const talker = chatter();
  const file = temporaryFolder();
  endingCaptures();
  const unit = read('rttshark.service');

  it('is valid, with its drop-ins too, and exposes little', async function () {
    const found = await runCommand('systemd-analyze', ['--version']).catch(() => undefined);
    // Package: systemd. CI has it; elsewhere it need not be there.
    if (found === undefined && process.env['CI'] === undefined) this.skip();
    // It looks whether the program is there.
    const named = (text: string) => text.replaceAll(/^ExecStart=rttshark /gm, `ExecStart=${program} `);
    const service = file('rttshark.service');
    writeFileSync(service, named(unit));
    const analyze = (...args: string[]) => runCommand('systemd-analyze', [...args, service]);
    const verified = await analyze('verify', '--man=no');
    expect([verified.status, verified.stdout + verified.stderr]).to.deep.equal([0, '']);
    // In tenths: 2.3 when this was written.
    const exposed = await analyze('security', '--offline=true', '--threshold=25', '--no-pager');
    expect(exposed.status, exposed.stdout + exposed.stderr).to.equal(0);
    mkdirSync(`${service}.d`);
    for (const dropIn of ['gateway.conf', 'endpoint.conf']) {
      writeFileSync(path.join(`${service}.d`, dropIn), named(read(dropIn)));
      const { status, stdout, stderr } = await analyze('verify', '--man=no');
      expect([status, stdout + stderr], dropIn).to.deep.equal([0, '']);
    }
  });

  it('and its settings have options that there are', async () => {
    const environment = Array.from(
      read('rttshark.env').matchAll(/^#?OPTIONS="(.*)"$/gm),
      ([, value = '']) => value,
    );
    expect(environment).to.have.length.above(1);
    const own = ['gateway.conf', 'endpoint.conf'].map((name) =>
      (settings(read(name), 'ExecStart').at(-1) ?? '').replace(/^.*\$OPTIONS/, ''),
    );
    writeFileSync(file('password'), 'secret');
    writeFileSync(file('web.yml'), '');
    for (const options of [...environment, ...own.map((words) => `-i lo ${words}`)]) {
      const line = options.replaceAll('${CREDENTIALS_DIRECTORY}', file()).replaceAll('-i eth0', '-i lo');
      const words = execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' });
      const { status, stderr } = await runCommand(process.execPath, [
        ...[program, 'live', ...words.trimEnd().split('\n'), '--dry-run'],
      ]);
      expect([status, stderr], options).to.deep.equal([0, '']);
    }
  });

  it('gives rights enough to capture, and tshark none', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const home = file('home');
    mkdirSync(home);
    chmodSync(file(), 0o755);
    chownSync(home, nobody, nobody);
    const wrapper = path.join(home, 'tshark-without-capabilities');
    copyFileSync(path.join(folder, 'tshark-without-capabilities'), wrapper);
    chmodSync(wrapper, 0o755);
    const dumpcap = findCompanion('dumpcap');
    const bounding = capabilities(unit, 'CapabilityBoundingSet').join(',');
    const ambient = capabilities(unit, 'AmbientCapabilities').join(',');
    expect(settings(unit, 'NoNewPrivileges')).to.deep.equal(['yes']);
    const live = await beginLive(['-i', 'lo', '-f', `tcp port ${talker.port}`, '--interval', '200ms'], {
      command: [
        ...(['setpriv', '--no-new-privs', `--reuid=${nobody}`, `--regid=${nobody}`] as const),
        // The group of dumpcap's file, as SupplementaryGroups= has it.
        `--groups=${statSync(dumpcap!).gid}`,
        ...[`--inh-caps=${ambient}`, `--ambient-caps=${ambient}`, `--bounding-set=-all,${bounding}`],
        ...[process.execPath, program],
      ],
      env: { RTTSHARK_TSHARK: wrapper, TMPDIR: home, XDG_CACHE_HOME: home, HOME: undefined },
    });
    const status = (name: string): string => {
      const found = descendants(live.child.pid!).find(({ commandLine }) =>
        commandLine.split('\0')[0]?.endsWith(name),
      );
      return found === undefined ? 'not running' : readFileSync(`/proc/${found.pid}/status`, 'utf8');
    };
    expect(status('tshark'))
      .to.match(/^CapEff:\s+0+$/m)
      .and.match(/^CapAmb:\s+0+$/m);
    expect(status('tshark'))
      .to.match(/^NoNewPrivs:\s+1$/m)
      .and.match(/^Uid:\s+65534\s+65534/m);
    expect(status('dumpcap')).to.match(/^Uid:\s+65534\s+65534/m);
    await until('samples came', async () => {
      await talker.talk(1, 5);
      return live.output() === '' ? undefined : true;
    });
    await live.end();
  });
});
