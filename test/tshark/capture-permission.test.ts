import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { permissionAdvice, type PermissionFacts } from '../../src/tshark/capture-permission.ts';
import { copyDumpcap, someGroup } from '../support/dumpcap-copy.ts';
import { projectFolder } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const user = { uid: 1000, name: 'ann', gids: [1000], inGroup: false };
const facts: PermissionFacts = {
  platform: 'linux',
  dumpcap: '/usr/bin/dumpcap',
  mode: 0o750,
  ownerUid: 0,
  group: { gid: 107, name: 'wireshark' },
  capabilities: true,
  user,
};

describe('advice on the permission to capture', () => {
  const cases: Readonly<Record<string, [Partial<PermissionFacts>, RegExp]>> = {
    'names the group to join': [{}, /"sudo usermod -aG wireshark ann", then log in again/],
    'names the group by its number': [{ group: { gid: 55, name: null } }, /usermod -aG 55 ann/],
    'knows a user without a name': [{ user: { ...user, name: null } }, /usermod -aG wireshark \$USER/],
    'knows who has to log in again': [
      { user: { ...user, inGroup: true } },
      /^Log in again, or run "newgrp wireshark"/,
    ],
    'names the command for capabilities': [
      { mode: 0o755, capabilities: false },
      /"sudo setcap cap_net_raw,cap_net_admin=eip \/usr\/bin\/dumpcap".*dpkg-reconfigure/,
    ],
    'names no package for a dumpcap of the user': [
      { mode: 0o755, capabilities: false, dumpcap: '/opt/dumpcap' },
      /=eip \/opt\/dumpcap"\.$/,
    ],
    'has the user look where capabilities cannot be read': [
      { mode: 0o755, capabilities: null },
      /getcap \/usr\/bin\/dumpcap/,
    ],
    'knows what takes privileges away': [{ user: { ...user, gids: [107] } }, /NoNewPrivileges/],
    'knows a setuid dumpcap': [{ mode: 0o4755, capabilities: false }, /NoNewPrivileges/],
    'knows root in a container': [{ user: { ...user, uid: 0 } }, /--cap-add=NET_RAW/],
    'knows a dumpcap that only its owner may run': [{ mode: 0o700 }, /chgrp wireshark/],
    'on macOS is another': [{ platform: 'darwin' }, /ChmodBPF/],
    'on Windows is another': [{ platform: 'win32' }, /Npcap/],
  };
  for (const [what, [change, hint]] of Object.entries(cases)) {
    it(what, () => {
      expect(permissionAdvice({ ...facts, ...change }).hint).to.match(hint);
    });
  }
});

describe('a capture by another user', function () {
  this.timeout(30_000);
  const file = temporaryFolder();
  const { gid } = someGroup;

  function dumpcap(name: string, mode: number, capabilities: boolean): string {
    return copyDumpcap(file(name), { mode, gid, capabilities });
  }

  /** What a user meets who has a dumpcap looked for and the loopback checked. */
  function check(
    path: string,
    groups: readonly number[],
  ): { code?: string; message?: string; hint?: string; detail?: string } {
    const script = `
      import { checkCapture } from '${projectFolder}/src/tshark/check-capture.ts';
      import { requireDumpcap } from '${projectFolder}/src/tshark/find-dumpcap.ts';
      process.setgroups(${JSON.stringify(groups)}); process.setgid(65534); process.setuid(65534);
      try { await checkCapture(await requireDumpcap(), { interface: 'lo' }); console.log('{}'); }
      catch ({ code, message, hint, detail }) { console.log(JSON.stringify({ code, message, hint, detail })); }`;
    const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: projectFolder,
      env: { ...process.env, RTTSHARK_DUMPCAP: path },
    });
    return JSON.parse(output.toString()) as ReturnType<typeof check>;
  }

  it("works in dumpcap's group", () => {
    expect(check(dumpcap('works', 0o750, true), [gid])).to.deep.equal({});
  });

  it('without the group names it', () => {
    const { code, message, hint } = check(dumpcap('group', 0o750, true), []);
    expect(code).to.equal('capture_failed');
    expect(message).to.match(/may be run by the group "mail", and this user is not in it/);
    expect(hint).to.include('usermod -aG mail nobody');
  });

  it('where dumpcap has no capabilities names the command', () => {
    const path = dumpcap('plain', 0o755, false);
    const { code, message, hint, detail } = check(path, []);
    expect(code).to.equal('capture_failed');
    expect(message).to.match(/on the interface "lo".*has no capabilities/);
    expect(hint).to.include(`sudo setcap cap_net_raw,cap_net_admin=eip ${path}`);
    expect(detail).to.include('Operation not permitted').and.not.include('dpkg-reconfigure');
  });
});
