import { execFileSync } from 'node:child_process';
import { findTshark } from '../../src/tshark/find-tools.ts';

/** What plain tshark prints: a row for each packet, a text for each field, several occurrences joined by `,`. */
export async function plainRows(
  args: readonly string[],
  fields: readonly string[],
  occurrence: 'f' | 'l' | 'a' = 'l',
): Promise<string[][]> {
  const { path } = await findTshark();
  const form = ['-n', '-T', 'fields', '-E', `occurrence=${occurrence}`];
  const printed = execFileSync(path, [...args, ...form, ...fields.flatMap((field) => ['-e', field])], {
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  return printed
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}
