import { spawn } from 'node:child_process';
import { once } from 'node:events';

const script = `
import socket, sys
listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(0)
queue = [socket.socket() for _ in range(3)]
for one in queue:
    one.setblocking(False)
    one.connect_ex(listener.getsockname())
print(listener.getsockname()[1], flush=True)
sys.stdin.read()`;

/**
 * Listens and never accepts, with its queue full: connecting to it takes minutes, as with a firewall that drops
 * packets. Node cannot do that, it always accepts.
 */
export async function startFullListener(): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn('/usr/bin/python3', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: `http://127.0.0.1:${port.toString().trim()}`,
    stop: async () => {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}
