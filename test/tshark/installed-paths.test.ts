import { expect } from 'chai';
import {
  candidatePaths,
  findInstalled,
  installerFolders,
  toolVariable,
} from '../../src/tshark/installed-paths.ts';

const windows = {
  platform: 'win32',
  env: {
    Path: 'C:\\Windows\\system32;;D:\\My Tools\\bin',
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    ProgramW6432: 'C:\\Program Files',
  },
} as const;
const mac = { platform: 'darwin', env: { PATH: '/usr/bin:/bin', HOME: '/Users/ann lee' } } as const;
const linux = { platform: 'linux', env: { PATH: '/home/ann/bin::/usr/bin:/bin' } } as const;

/** Finds a tool where exactly these files can be run. */
function find(tool: string, place: Parameters<typeof candidatePaths>[1], files: string[], beside?: string) {
  return findInstalled(tool, { ...place, isExecutable: (path) => files.includes(path) }, beside);
}

describe('where tools are installed', () => {
  it('is, on Linux, the folders of PATH, then the usual ones, each once', () => {
    expect(candidatePaths('tshark', linux)).to.deep.equal([
      '/home/ann/bin/tshark',
      '/usr/bin/tshark',
      '/bin/tshark',
      '/usr/local/bin/tshark',
      '/usr/sbin/tshark',
      '/usr/local/sbin/tshark',
      '/snap/bin/tshark',
      '/opt/wireshark/bin/tshark',
    ]);
  });

  it("is, on macOS, PATH, then the application, the user's own too, then package managers", () => {
    expect(candidatePaths('tshark', mac)).to.deep.equal([
      '/usr/bin/tshark',
      '/bin/tshark',
      '/Applications/Wireshark.app/Contents/MacOS/tshark',
      '/Users/ann lee/Applications/Wireshark.app/Contents/MacOS/tshark',
      '/opt/homebrew/bin/tshark',
      '/usr/local/bin/tshark',
      '/opt/local/bin/tshark',
    ]);
  });

  it('is, on Windows, Path, then Wireshark in the folders of programs, each once', () => {
    expect(candidatePaths('tshark', windows)).to.deep.equal([
      'C:\\Windows\\system32\\tshark.exe',
      'D:\\My Tools\\bin\\tshark.exe',
      'C:\\Program Files\\Wireshark\\tshark.exe',
      'C:\\Program Files (x86)\\Wireshark\\tshark.exe',
    ]);
  });

  it('reads PATH on Windows where there is no Path', () => {
    const { env, platform } = windows;
    const { Path, ...rest } = env;
    expect(candidatePaths('tshark', { platform, env: { ...rest, PATH: Path } })).to.deep.equal(
      candidatePaths('tshark', windows),
    );
  });

  it("knows the installers' folders where the environment is empty", () => {
    expect(installerFolders({ platform: 'win32', env: {} })).to.deep.equal(['C:\\Program Files\\Wireshark']);
    expect(installerFolders({ platform: 'darwin', env: { HOME: '' } })).to.not.include(
      'Applications/Wireshark.app/Contents/MacOS',
    );
    expect(candidatePaths('tshark', { platform: 'linux', env: {} })[0]).to.equal('/usr/bin/tshark');
  });

  it('is first of all beside a tool that is known', () => {
    expect(candidatePaths('dumpcap', linux, '/opt/ws 4/bin/tshark')[0]).to.equal('/opt/ws 4/bin/dumpcap');
    expect(candidatePaths('dumpcap', windows, 'E:\\Wire Shark\\tshark.exe')[0]).to.equal(
      'E:\\Wire Shark\\dumpcap.exe',
    );
  });
});

describe('finding an installed tool', () => {
  for (const { title, place, files, expected } of [
    {
      title: 'prefers PATH to the installers',
      place: mac,
      files: ['/opt/homebrew/bin/tshark', '/usr/bin/tshark'],
      expected: '/usr/bin/tshark',
    },
    {
      title: 'prefers the first folder of PATH',
      place: linux,
      files: ['/bin/tshark', '/home/ann/bin/tshark'],
      expected: '/home/ann/bin/tshark',
    },
    {
      title: 'finds it in Program Files',
      place: windows,
      files: ['C:\\Program Files\\Wireshark\\tshark.exe'],
      expected: 'C:\\Program Files\\Wireshark\\tshark.exe',
    },
    {
      title: 'finds the application of macOS',
      place: mac,
      files: ['/Applications/Wireshark.app/Contents/MacOS/tshark'],
      expected: '/Applications/Wireshark.app/Contents/MacOS/tshark',
    },
    { title: 'finds nothing', place: linux, files: ['/elsewhere/tshark'], expected: null },
  ]) {
    it(title, () => {
      expect(find('tshark', place, files)).to.equal(expected);
    });
  }

  it('prefers the folder of a known tool to PATH', () => {
    const files = ['/usr/bin/mergecap', '/opt/ws/bin/mergecap'];
    expect(find('mergecap', linux, files, '/opt/ws/bin/tshark')).to.equal('/opt/ws/bin/mergecap');
    expect(find('mergecap', linux, files.slice(0, 1), '/opt/ws/bin/tshark')).to.equal('/usr/bin/mergecap');
  });

  it('has a variable for each tool', () => {
    expect(toolVariable('tshark')).to.equal('RTTSHARK_TSHARK');
    expect(toolVariable('mergecap')).to.equal('RTTSHARK_MERGECAP');
  });
});
