/**
 * Puts the command and the packages that it needs into few files, over those that tsc has written to dist/cli: Node
 * takes about a millisecond to find, read and link a module, and the command has some four hundred. What is loaded when
 * it is needed stays apart, and what tsc has written to dist/cli is taken away. The library, and everything where this has
 * not run, stays in single files and works as well.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';

const project = fileURLToPath(new URL('..', import.meta.url));

/** A module goes on to see its own place in dist, from which it names files beside it. */
const ownPlaces: Plugin = {
  name: 'own-places',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
      const place = relative(join(project, 'src'), path).replaceAll('\\', '/').replace(/\.ts$/, '.js');
      const url = `new URL(${JSON.stringify(`../${place}`)}, import.meta.url).href`;
      return { loader: 'ts', contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', url) };
    });
  },
};

rmSync(join(project, 'dist/cli'), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: project,
  entryPoints: { 'cli/main': 'src/cli/main.ts' },
  outdir: 'dist',
  // Beside the entry, so that one relative path is right for both.
  chunkNames: 'cli/[name]-[hash]',
  bundle: true,
  splitting: true,
  allowOverwrite: true,
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [ownPlaces],
  // Packages that are CommonJS ask for Node's own modules with require().
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
writeFileSync(join(project, 'dist', 'THIRD-PARTY-NOTICES.txt'), notices(metafile));

/** The licences of all packages that are now part of the command. */
function notices({ inputs }: Metafile): string {
  const folders = new Set(
    Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  return [...folders]
    .sort()
    .map(notice)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function notice(folder: string): string {
  const path = join(project, folder);
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const licence = readdirSync(path).find((name) => /^licen[cs]e/i.test(name));
  const text = licence === undefined ? '' : `\n${readFileSync(join(path, licence), 'utf8').trim()}\n`;
  return `${manifest.name} ${manifest.version} (${manifest.license ?? `see ${dirname(folder)}`})\n${text}`;
}
