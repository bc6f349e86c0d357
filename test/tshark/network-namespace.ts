import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
let made = 0;

/** Two hosts that are wired to each other, in network namespaces of their own. */
export interface WiredHosts {
  /** Namespace of the host 10.99.0.1 / fd99::1; the interface is `left`. */
  readonly left: string;
  /** Namespace of the host 10.99.0.2 / fd99::2; the interface is `right`. */
  readonly right: string;
  /** The words before a command that is to run in a namespace. */
  inside(namespace: string): readonly [string, ...string[]];
  remove(): Promise<void>;
}

export async function wiredHosts(): Promise<WiredHosts> {
  made += 1;
  const [left, right] = [`rtl${process.pid}n${made}`, `rtr${process.pid}n${made}`];
  const ip = (...words: string[]) => run('ip', words);
  const remove = async () => {
    for (const name of [left, right]) await ip('netns', 'del', name).catch(() => undefined);
  };
  try {
    for (const name of [left, right]) {
      await ip('netns', 'add', name);
      await ip('-n', name, 'link', 'set', 'lo', 'up');
    }
    await ip('-n', left, 'link', 'add', 'left', 'type', 'veth', 'peer', 'name', 'right', 'netns', right);
    for (const [name, device, host] of [
      [left, 'left', 1],
      [right, 'right', 2],
    ] as const) {
      await ip('-n', name, 'addr', 'add', `10.99.0.${host}/24`, 'dev', device);
      await ip('-n', name, 'addr', 'add', `fd99::${host}/64`, 'dev', device, 'nodad');
      await ip('-n', name, 'link', 'set', device, 'up');
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { left, right, inside: (namespace) => ['ip', 'netns', 'exec', namespace], remove };
}
