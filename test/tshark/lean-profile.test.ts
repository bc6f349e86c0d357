import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findTshark } from '../../src/tshark/find-tools.ts';
import { keepFolder } from '../../src/tshark/kept-folder.ts';
import { leanProfile } from '../../src/tshark/lean-profile.ts';
import { needlessProtocols } from '../../src/tshark/lean-protocols.ts';
import { planDrive } from '../../src/tshark/profile.ts';
import { versionOf } from './versions.ts';

describe('the protocols to disable', () => {
  it('are what UDP and TCP carry, but tunnels', () => {
    const decodes =
      'tcp.port\t80\thttp\nudp.port\t4789\tvxlan\nudp.port\t53\tdns\nip.proto\t6\ttcp\ntls.port\t1\tx\n';
    const heuristics = 'tcp\trtsp\tT\nudp\tteredo\tF\nsctp\tsip\tT\n';
    expect(needlessProtocols(decodes, heuristics)).to.deep.equal(['dns', 'http', 'rtsp']);
    expect(needlessProtocols('', '')).to.deep.equal([]);
  });
});

describe('the lean profile of the installed tshark', () => {
  const before = process.env['XDG_CACHE_HOME'];
  let cache: string;

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'rttshark-lean-'));
    process.env['XDG_CACHE_HOME'] = cache;
  });

  afterEach(() => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
    rmSync(cache, { recursive: true });
  });

  it('is kept, and disables applications, not tunnels nor what is below TCP', async () => {
    const tshark = await findTshark();
    const [one, two] = await Promise.all([leanProfile(tshark), leanProfile(tshark)]);
    expect(one?.folder).to.equal(two?.folder);
    for (const name of ['http', 'tls', 'dns', 'vnc', 'quic'])
      expect(one?.isDisabled(name), name).to.equal(true);
    for (const name of [
      'tcp',
      'udp',
      'ip',
      'ipv6',
      'icmp',
      'gre',
      'vxlan',
      'gtp',
      'geneve',
      'teredo',
      'l2tp',
    ])
      expect(one?.isDisabled(name), name).to.equal(false);
    expect(readdirSync(one!.folder).sort()).to.deep.equal(['disabled_protos', 'preferences']);
    expect(readFileSync(join(one!.folder, 'disabled_protos'), 'utf8')).to.match(/^http$/m);
    expect(readdirSync(join(cache, 'rttshark')).filter((name) => name.startsWith('lean-'))).to.have.length(1);
  });

  it('is made anew where somebody changed it', async () => {
    const files = { disabled_protos: 'http\n' };
    const folder = await keepFolder('lean', files);
    writeFileSync(join(folder!, 'disabled_protos'), 'tcp\n');
    expect(await keepFolder('lean', files)).to.equal(folder);
    expect(readFileSync(join(folder!, 'disabled_protos'), 'utf8')).to.equal('http\n');
    writeFileSync(join(folder!, 'preferences'), 'tcp.analyze_sequence_numbers: FALSE\n');
    expect(readdirSync((await keepFolder('lean', files))!)).to.deep.equal(['disabled_protos']);
  });

  it('is done without where it cannot be kept, or the version is not known', async () => {
    const tshark = await findTshark();
    expect(await leanProfile({ ...tshark, version: versionOf('4.8.0') })).to.equal(null);
    const file = join(cache, 'file');
    writeFileSync(file, '');
    process.env['XDG_CACHE_HOME'] = file;
    expect(await keepFolder('lean', { preferences: '' })).to.equal(null);
    const { configFolder } = await planDrive(tshark, { fields: ['tcp.analysis.ack_rtt'] });
    expect(configFolder).to.match(/nonexistent$/);
  });

  it("leaves the user's own configuration to those who want it", async () => {
    const question = { fields: ['tcp.analysis.ack_rtt'] };
    const drive = await planDrive(await findTshark(), question, { profile: 'user', extraction: 'columns' });
    expect(drive).to.deep.equal({ configFolder: undefined, isLean: false, extraction: 'fields' });
  });
});
