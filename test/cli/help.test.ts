import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { exitStatusOf } from '../../src/errors.ts';
import { projectFolder, rttshark } from '../support/run-command.ts';

const groupsOf: Readonly<Record<string, readonly string[]>> = {
  analyze: ['Output:', 'Grouping:', 'Reading:', 'Metrics:', 'Pushgateway:', 'Options:'],
  check: ['Checks:', 'Output:', 'Grouping:', 'Reading:', 'Options:'],
  delete: ['Pushgateway:', 'Options:'],
  doctor: ['Reading:', 'Pushgateway:', 'Options:'],
  completion: ['Options:'],
};

const defaultsOf: Readonly<Record<string, readonly string[]>> = {
  analyze: ['"table"', '"src,dst"', '"put"', '"gzip"', '"30s"', '"3"', '50us to 10s', "this host's name"],
  check: ['"10%"', '"table"', '"src,dst"'],
  delete: ['"rttshark"', '"30s"'],
  doctor: ['"table"'],
  completion: [],
};

describe('command: --help', () => {
  for (const [command, groups] of Object.entries(groupsOf)) {
    it(`of ${command} has groups, defaults, two examples and the exit statuses`, async () => {
      const { status, stdout, stderr } = await rttshark([command, '--help']);
      expect([status, stderr]).to.deep.equal([0, '']);
      for (const group of groups) expect(stdout).to.contain(`\n${group}\n`);
      for (const value of defaultsOf[command] ?? []) expect(stdout).to.contain(`[default: ${value}]`);
      const examples = stdout.split('\nExamples:\n')[1]?.split('\n\n')[0] ?? '';
      expect(examples.match(/rttshark /g), examples).to.have.length(2);
      const statuses = stdout.replaceAll('\n', ' ').split('Exit status:')[1] ?? '';
      for (const code of Object.values(exitStatusOf)) {
        if (code >= 40 && code <= 44) continue;
        expect(statuses).to.match(new RegExp(`\\b${code}\\b`));
      }
      expect(statuses).to.contain('40-44');
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).to.be.at.most(100);
    });
  }

  it('of the program lists the commands', async () => {
    for (const flag of ['--help', '-h']) {
      const { status, stdout } = await rttshark([flag]);
      expect(status).to.equal(0);
      for (const command of Object.keys(groupsOf)) expect(stdout).to.contain(`rttshark ${command} `);
    }
  });

  it('--version is that of the package', async () => {
    const manifest = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(await rttshark(['--version'])).to.include({ status: 0, stdout: `${manifest.version}\n` });
  });
});
