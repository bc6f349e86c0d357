import { execFile } from 'node:child_process';

/** The rows that tshark, driven plainly, prints of a capture: of each field all its occurrences. */
export async function plainFields(
  capture: string,
  filter: string,
  fields: readonly string[],
): Promise<Record<string, string[]>[]> {
  const args = [
    '-n',
    '-r',
    capture,
    '-Y',
    filter,
    '-T',
    'fields',
    '-E',
    'occurrence=a',
    '-E',
    'aggregator=;',
  ];
  const output = await new Promise<string>((resolve, reject) => {
    execFile(
      'tshark',
      [...args, ...fields.flatMap((field) => ['-e', field])],
      { maxBuffer: 1 << 28 },
      (error, stdout) => {
        if (error === null || typeof error.code === 'number') resolve(stdout);
        else reject(new Error('tshark could not be run', { cause: error }));
      },
    );
  });
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = line.split('\t');
      return Object.fromEntries(
        fields.map((field, at) => [field, (values[at] ?? '').split(';').filter((text) => text !== '')]),
      );
    });
}

/** The address of the packet itself: for captures without tunnels. */
export function endOf(row: Record<string, string[]>, end: 'src' | 'dst'): string {
  return row[`ip.${end}`]?.at(-1) ?? row[`ipv6.${end}`]?.at(-1) ?? '';
}

export const endFields = ['ip.src', 'ip.dst', 'ipv6.src', 'ipv6.dst'] as const;
