import { runCommand } from '../support/run-command.ts';

/** One answer as curl got it. */
export interface CurlAnswer {
  /** 0 where there was none. */
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** curl's own exit status. */
  readonly exit: number | null;
  readonly stderr: string;
}

/** Asks with curl. */
export async function curl(...args: string[]): Promise<CurlAnswer> {
  const {
    status: exit,
    stdout,
    stderr,
  } = await runCommand('curl', ['-sS', '-i', '--max-time', '20', ...args]);
  const end = stdout.indexOf('\r\n\r\n');
  const [first = '', ...lines] = stdout.slice(0, Math.max(end, 0)).split('\r\n');
  return {
    exit,
    stderr,
    status: Number(first.split(' ')[1] ?? 0),
    headers: Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    ),
    body: stdout.slice(end + 4),
  };
}
