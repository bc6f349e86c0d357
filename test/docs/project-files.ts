import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The project's folder. */
export const projectFolder = path.join(import.meta.dirname, '../..');

/** The text of a file of the project. */
export function projectText(file: string): string {
  return readFileSync(path.join(projectFolder, file), 'utf8');
}

const elsewhere = new Set(['node_modules', 'dist', 'build', '.git']);

/** The paths of all our Markdown files, from the project's folder. */
export function markdownFiles(folder = '.'): string[] {
  return readdirSync(path.join(projectFolder, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return elsewhere.has(entry.name) ? [] : markdownFiles(name);
    return entry.name.endsWith('.md') ? [name] : [];
  });
}
