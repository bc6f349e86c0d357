import { expect } from 'chai';
import { diagnose } from '../../src/tshark/diagnose.ts';
import { companionFinding, companionPurposes, permissionFinding } from '../../src/tshark/diagnosis.ts';
import { fakeTool } from './processes.ts';
import { versionOf } from './versions.ts';

const platforms = ['linux', 'darwin', 'win32'] as const;

describe("the finding about one of tshark's companions", () => {
  for (const platform of platforms) {
    it(`says on ${platform} how to mend what is missing, or may not be run`, () => {
      for (const name of Object.keys(companionPurposes)) {
        const missing = companionFinding(name, null, platform);
        expect(missing.state).to.equal('limited');
        expect(missing.detail).to.include(companionPurposes[name]);
        expect(missing.mend).to.match(/\.$/);
        const locked = companionFinding(name, { path: '/x/y', mayRun: false, version: null }, platform);
        expect(locked.state).to.equal('limited');
        expect(locked.detail).to.include('/x/y');
        expect(locked.mend).to.not.equal(missing.mend);
      }
    });
  }

  it('is fine for what is there', () => {
    const tool = { path: '/usr/bin/dumpcap', mayRun: true, version: versionOf('4.0.17') };
    expect(companionFinding('dumpcap', tool, 'linux')).to.deep.equal({
      name: 'dumpcap',
      state: 'ok',
      detail: '4.0.17, /usr/bin/dumpcap',
      mend: null,
    });
    expect(companionFinding('dumpcap', { ...tool, version: null }, 'linux').detail).to.include('unknown');
  });
});

describe('the finding about capturing', () => {
  it('counts interfaces', () => {
    expect(permissionFinding(['1. lo'], 'linux', '/d').detail).to.equal('1 interface');
    expect(permissionFinding(['1. lo', '2. eth0'], 'linux', '/d').detail).to.equal('2 interfaces');
  });

  for (const platform of platforms) {
    it(`says on ${platform} how to be allowed to`, () => {
      for (const none of [null, []]) {
        const { state, mend } = permissionFinding(none, platform, '/usr/bin/dumpcap');
        expect(state).to.equal('limited');
        expect(mend).to.match(
          platform === 'linux' ? /setcap .* \/usr\/bin\/dumpcap/ : /^Install (?:Chmod|Npcap)/,
        );
      }
    });
  }
});

describe('diagnosing this machine', () => {
  it('finds tshark and its companions', async () => {
    const { findings, error } = await diagnose();
    expect(error).to.equal(null);
    const states = new Map(findings.map(({ name, state }) => [name, state]));
    expect(states.get('tshark')).to.equal('ok');
    expect(states.get('mergecap')).to.equal('ok');
    expect([...states.keys()]).to.include.members(Object.keys(companionPurposes));
  });

  it('says what is wrong with a tshark that cannot be used', async () => {
    const { findings, error } = await diagnose(fakeTool('old-version'));
    expect(error?.code).to.equal('tshark_too_old');
    expect(findings[0]).to.include({ name: 'tshark', state: 'failed' });
    expect(findings[0]?.detail).to.include('2.6.20');
  });
});
