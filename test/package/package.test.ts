import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { fixture, projectFolder, rttshark, runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { addNodeTypes, installPackage, succeeded, type InstalledPackage } from './installed-package.ts';

/** Other versions of Node to run what was installed with: paths, with spaces between them. */
const nodes = [process.execPath, ...(process.env['RTTSHARK_TEST_NODES'] ?? '').split(/\s+/).filter(Boolean)];

const program = `
import { analyze, exitStatusOf, fromRows, type Analysis, type Table } from 'rttshark';

const table: Table<{ src: 'text'; bytes: 'uint32' }> = fromRows({ src: 'text', bytes: 'uint32' }, [
  { src: '10.0.0.1', bytes: 60 },
]);
const bytes: number | null | undefined = table.row(0).bytes;
// @ts-expect-error the table does not have this column
export const wrong = () => table.select('no_such_column');
const analysis: Analysis = await analyze({ inputs: [process.argv[2] ?? ''] });
const [measured] = analysis.measurements;
console.log(measured?.total.count, bytes, exitStatusOf.usage);
`;

describe('the package', function () {
  this.timeout(180_000);
  const temporary = temporaryFolder();
  let installed: InstalledPackage;
  const own = (...names: string[]) => path.join(installed.folder, ...names);

  before(async () => {
    installed = await installPackage(temporary('package'));
    addNodeTypes(installed.folder);
    writeFileSync(own('program.ts'), program);
  });

  it('holds what is needed, and nothing else', () => {
    const { files } = installed;
    expect(files).to.include.members([
      'LICENSE',
      'README.md',
      'bin/rttshark.js',
      'dist/index.js',
      'dist/index.d.ts',
      'man/rttshark.1',
    ]);
    expect(files.filter((file) => !/^(?:bin|dist|docs|examples|man)\//.test(file))).to.have.members([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    const odd = files.filter(
      (file) =>
        /\.map$|\.test\.|^docs\/api\/|\/\.[^/]*$/.test(file) ||
        (file.endsWith('.ts') && !file.endsWith('.d.ts')),
    );
    expect(odd.filter((file) => !file.startsWith('examples/'))).to.deep.equal([]);
  });

  it('has a manual page where its package.json says', () => {
    const { man } = JSON.parse(readFileSync(own('node_modules/rttshark/package.json'), 'utf8')) as {
      man: string;
    };
    expect(existsSync(own('node_modules/rttshark', man))).to.be.true;
  });

  it('has nothing that publint complains of', async () => {
    const pkgDir = own('node_modules/rttshark');
    const { messages } = await publint({ pkgDir, pack: false, strict: true });
    const manifest = JSON.parse(readFileSync(path.join(pkgDir, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(messages.map((message) => formatMessage(message, manifest))).to.deep.equal([]);
  });

  it('has types that attw finds nothing wrong with, for who imports ES modules', async () => {
    const attw = path.join(projectFolder, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    succeeded(
      await runCommand(process.execPath, [attw, installed.tarball, '--profile', 'esm-only'], {
        cwd: installed.folder,
        longestRunMs: 120_000,
      }),
    );
  });

  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    it(`is typed for programs compiled with moduleResolution ${moduleResolution ?? ''}`, async () => {
      const compilerOptions = {
        ...{
          module,
          moduleResolution,
          target: 'es2023',
          lib: ['es2023', 'esnext.disposable'],
          types: ['node'],
        },
        ...{
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          outDir: `out-${module ?? ''}`,
        },
      };
      writeFileSync(own('tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
      const tsc = path.join(projectFolder, 'node_modules/typescript/bin/tsc');
      succeeded(
        await runCommand(process.execPath, [tsc, '-p', '.'], {
          cwd: installed.folder,
          longestRunMs: 120_000,
        }),
      );
      const ran = await runCommand(
        process.execPath,
        [`out-${module ?? ''}/program.js`, fixture('ipv4.pcap')],
        {
          cwd: installed.folder,
        },
      );
      expect(succeeded(ran).stdout).to.match(/^\d+ 60 2\n$/);
    });
  }

  for (const node of nodes) {
    it(`runs with ${node === process.execPath ? `Node ${process.versions.node}` : node}`, async () => {
      const { stdout: version } = succeeded(await runCommand(node, ['--version']));
      const command = own('node_modules/.bin/rttshark');
      const args = ['analyze', fixture('ipv4.pcap'), '--format', 'json'];
      const [ours, theirs] = await Promise.all([
        runCommand(node, [command, ...args], { cwd: installed.folder }),
        rttshark(args),
      ]);
      expect(version).to.match(/^v\d/);
      expect(succeeded(ours).stdout).to.equal(theirs.stdout);
      const library = `const { analyze } = await import('rttshark');
        const { measurements: [measured] } = await analyze({ inputs: [process.argv[1]] });
        console.log(measured.total.count);`;
      const imported = await runCommand(
        node,
        ['--input-type=module', '--eval', library, fixture('ipv4.pcap')],
        { cwd: installed.folder },
      );
      const { measurements } = JSON.parse(theirs.stdout) as { measurements: [{ total: { count: number } }] };
      expect(Number(succeeded(imported).stdout)).to.equal(measurements[0].total.count);
    });
  }
});
