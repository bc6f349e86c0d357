import { expect } from 'chai';
import { runTool } from '../../src/tshark/run-tool.ts';
import { fakeTool } from './processes.ts';

describe('running a tool to its end', () => {
  it('gives what it printed, and its status', async () => {
    expect(await runTool('/bin/sh', ['-c', 'echo out; echo err >&2; exit 3'])).to.deep.equal({
      exitCode: 3,
      stdout: 'out',
      stderr: 'err',
      spawnError: undefined,
    });
  });

  it('does not throw where it cannot be started, or dies', async () => {
    expect(await runTool('/nowhere/tool', [])).to.include({ exitCode: undefined, spawnError: 'ENOENT' });
    expect(await runTool(fakeTool('no-permission'), [])).to.include({ spawnError: 'EACCES' });
    expect((await runTool(fakeTool('dies-in-row'), [])).exitCode).to.equal(undefined);
  });

  it('reads nothing and hands over nothing that is addressed to rttshark', async () => {
    process.env['RTTSHARK_PASSWORD'] = 'open sesame';
    try {
      expect((await runTool(fakeTool('tells-environment'), [])).stdout).to.not.include('sesame');
      expect((await runTool('cat', [])).stdout).to.equal('');
    } finally {
      delete process.env['RTTSHARK_PASSWORD'];
    }
  });
});
