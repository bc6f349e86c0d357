import { execFileSync } from 'node:child_process';
import { startCommand, type CommandOptions, type CommandResult, type RunningCommand } from './run-command.ts';

/** One end of a wire: a network namespace of its own, whose interface to the other one is called `wire0`. */
export interface WiredHost {
  /** The namespace's name. */
  readonly name: string;
  readonly ipv4: string;
  readonly ipv6: string;
  /** The words that run a program in the namespace: a process that becomes the program. */
  within(file: string, args: readonly string[]): readonly [file: string, args: readonly string[]];
  /** Runs a program in the namespace to its end. */
  run(file: string, args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Starts a program in the namespace; its number is the program's own. */
  start(file: string, args: readonly string[], options?: CommandOptions): RunningCommand;
  /** The processes that are in the namespace. */
  pids(): number[];
}

/** Two hosts with nothing between them but a wire. */
export interface Wire {
  readonly client: WiredHost;
  readonly server: WiredHost;
  /** Makes the wire and its addresses; after {@link cut} anew. */
  lay(): void;
  /** Deletes both ends of the wire. */
  cut(): void;
}

const prefix = 'rttshark-test';

/**
 * Two network namespaces, joined by a pair of virtual interfaces, while the tests of a `describe` run. Whatever still
 * runs in them afterwards is ended. To be called inside of a `describe`; skips it where this user may make none.
 */
export function wiredNamespaces(): Wire {
  const wire = newWire();
  let remove: (() => void) | undefined;
  before(function () {
    if (process.getuid?.() === 0) remove = makeNamespaces(wire);
    else this.skip();
  });
  after(() => remove?.());
  return wire;
}

/** The same for programs that are no tests. */
export function openWire(): { readonly wire: Wire; readonly remove: () => void } {
  const wire = newWire();
  return { wire, remove: makeNamespaces(wire) };
}

function makeNamespaces(wire: Wire): () => void {
  const names = [wire.client.name, wire.server.name];
  const remove = () => {
    process.off('exit', remove);
    names.forEach(removeNamespace);
  };
  removeAbandoned();
  process.once('exit', remove);
  for (const name of names) {
    ip('netns', 'add', name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
  }
  wire.lay();
  return remove;
}

let wires = 0;

/** Runs `ip` of iproute2. */
export function ip(...args: readonly string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Packets that went over a host's end of the wire, both ways, since it was laid. */
export function packetsOn({ name }: WiredHost): number {
  const [link] = JSON.parse(ip('-n', name, '-s', '-json', 'link', 'show', 'wire0')) as Link[];
  return (link?.stats64.rx.packets ?? 0) + (link?.stats64.tx.packets ?? 0);
}

interface Link {
  readonly stats64: Readonly<Record<'rx' | 'tx', { readonly packets: number }>>;
}

function newWire(): Wire {
  const name = `${prefix}-${process.pid}-${(wires += 1)}`;
  const client = wiredHost(`${name}-client`, 12);
  const server = wiredHost(`${name}-server`, 5);
  return {
    client,
    server,
    lay() {
      const end = (host: WiredHost, address: string) => [
        'netns',
        host.name,
        'address',
        address,
        'type',
        'veth',
      ];
      const [near, far] = [end(client, '02:00:00:00:00:0c'), end(server, '02:00:00:00:00:05')];
      ip('link', 'add', 'wire0', ...near, 'peer', 'name', 'wire0', ...far.slice(0, 4));
      for (const host of [client, server]) {
        // Packets no larger than on a real wire.
        ip('-n', host.name, 'link', 'set', 'wire0', 'gso_max_segs', '1', 'up');
        ip('-n', host.name, 'addr', 'add', `${host.ipv4}/24`, 'dev', 'wire0');
        ip('-n', host.name, 'addr', 'add', `${host.ipv6}/64`, 'dev', 'wire0', 'nodad');
      }
    },
    cut() {
      ip('-n', client.name, 'link', 'del', 'wire0');
    },
  };
}

function wiredHost(name: string, number: number): WiredHost {
  const within: WiredHost['within'] = (file, args) => ['ip', ['netns', 'exec', name, file, ...args]];
  return {
    name,
    ipv4: `10.77.0.${number}`,
    ipv6: `fd77::${number}`,
    within,
    run: (file, args, options) => startCommand(...within(file, args), options).ended,
    start: (file, args, options) => startCommand(...within(file, args), options),
    pids: () => pidsIn(name),
  };
}

function pidsIn(namespace: string): number[] {
  return ip('netns', 'pids', namespace)
    .split('\n')
    .filter((line) => line !== '')
    .map(Number);
}

function removeNamespace(name: string): void {
  if (!namespaces().includes(name)) return;
  for (const pid of pidsIn(name)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
  ip('netns', 'del', name);
}

/** Those of test runs that were killed before they could clean up. */
function removeAbandoned(): void {
  for (const name of namespaces()) {
    const pid = new RegExp(`^${prefix}-(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) removeNamespace(name);
  }
}

function namespaces(): string[] {
  return ip('netns', 'list')
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
