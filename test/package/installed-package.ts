import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder, runCommand, type CommandResult } from '../support/run-command.ts';

/** The package as it would be published, and a folder in which nothing but it is installed. */
export interface InstalledPackage {
  readonly tarball: string;
  /** What is in it, without the folder that all of it is in. */
  readonly files: readonly string[];
  /** The program that imports it. */
  readonly folder: string;
}

/** Packs what `npm run build` has built, and installs that into a new folder below `folder`. */
export async function installPackage(folder: string): Promise<InstalledPackage> {
  if (!readdirSync(path.join(projectFolder, 'dist/cli')).some((name) => name.startsWith('chunk-')))
    throw new Error('The command is not bundled: npm run build does it.');
  mkdirSync(folder, { recursive: true });
  const packed = succeeded(
    await npm(projectFolder, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder),
  );
  const [description] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
  const tarball = path.join(folder, description.filename);
  const user = path.join(folder, 'user');
  mkdirSync(user);
  writeFileSync(path.join(user, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n');
  succeeded(await npm(user, 'install', '--no-audit', '--no-fund', '--prefer-offline', tarball));
  return { tarball, files: description.files.map((file) => file.path), folder: user };
}

/** Gives whoever uses the package the types of Node, as a program in TypeScript has them. */
export function addNodeTypes(folder: string): void {
  for (const name of ['@types/node', 'undici-types'])
    cpSync(path.join(projectFolder, 'node_modules', name), path.join(folder, 'node_modules', name), {
      recursive: true,
    });
}

function npm(cwd: string, ...args: string[]): Promise<CommandResult> {
  return runCommand('npm', args, { cwd, longestRunMs: 120_000 });
}

export function succeeded(result: CommandResult): CommandResult {
  if (result.status !== 0)
    throw new Error(`It ended with ${String(result.status)}:\n${result.stdout}${result.stderr}`);
  return result;
}
