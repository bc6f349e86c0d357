import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { wiredNamespaces } from '../support/namespaces.ts';
import { fixture, program, projectFolder } from '../support/run-command.ts';
import { prometheusProgram, promtoolProgram, pushgatewayProgram } from '../support/server-programs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { commandBlocks, outputPattern } from './markdown.ts';
import { projectText } from './project-files.ts';

const blocks = commandBlocks(projectText('docs/prometheus.md'));

describe('docs/prometheus.md', () => {
  // Ports are as on the page, so that it needs a network of its own.
  const { client } = wiredNamespaces();
  const file = temporaryFolder();

  /** Puts a program into the PATH of the page. */
  function put(name: string, script: string): void {
    writeFileSync(file('bin', name), `#!/bin/bash\nPATH=\${PATH#*:}\n${script}\n`, { mode: 0o755 });
  }

  it('has commands that do what stands below them', async () => {
    cpSync(path.join(projectFolder, 'examples/prometheus'), file('page'), { recursive: true });
    cpSync(fixture('demo.pcap'), file('page/capture.pcap'));
    const config = readFileSync(file('page/prometheus.yml'), 'utf8');
    writeFileSync(file('page/prometheus.yml'), config.replaceAll('15s', '300ms'));
    mkdirSync(file('bin'));
    put('rttshark', `exec '${process.execPath}' '${program}' "$@"`);
    put('prometheus-pushgateway', `exec ${pushgatewayProgram} "$@"`);
    put('prometheus', `exec ${prometheusProgram} "$@"`);
    // Asks until there is an answer, as a reader would.
    put(
      'promtool',
      `[[ $1 == query ]] || exec ${promtoolProgram} "$@"
while answer=$(${promtoolProgram} "$@"); do [[ -z $answer ]] || { echo "$answer"; exit; }; done`,
    );
    const mark = '-- the next block --';
    const script = ['set -euo pipefail', ...blocks.map(({ commands }) => commands)].join(
      `\necho '${mark}'\n`,
    );
    const { status, stdout, stderr } = await client.run('bash', ['-c', script], {
      cwd: file('page'),
      env: { PATH: `${file('bin')}:${process.env['PATH'] ?? ''}` },
      longestRunMs: 55_000,
    });
    expect(status, stdout + stderr).to.equal(0);
    const [, ...printed] = stdout.split(`${mark}\n`);
    for (const [at, { commands, output }] of blocks.entries()) {
      if (output !== undefined) expect(printed[at], commands).to.match(outputPattern(output));
    }
  });
});
