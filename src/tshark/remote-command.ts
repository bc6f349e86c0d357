import { dumpcapArguments, tcpdumpArguments, type CaptureOptions } from './capture-arguments.ts';
import type { Command } from './pipeline.ts';
import type { RemoteAddress } from './remote-host.ts';
import { shellLine } from './shell-quote.ts';

/** A host that is captured on through ssh. */
export interface RemoteHost extends RemoteAddress {
  /** As after ssh's `-o`; they win over ours. */
  readonly sshOptions: readonly string[];
}

/**
 * The ssh that captures on another host: what dumpcap or tcpdump there writes comes out of it, as pcapng or pcap, and what
 * they say on standard error comes too. Pure; no shell is needed here.
 *
 * The capture there ends when the standard input of this ssh does, or when the connection breaks, on an idle link too: so
 * the input must be something that stays open. ssh asks for nothing and has no terminal.
 */
export function remoteCommand(
  { host, port, user, sshOptions }: RemoteHost,
  options: CaptureOptions,
): Command {
  const settings = [...sshOptions, ...defaults].flatMap((setting) => ['-o', setting]);
  return {
    file: 'ssh',
    args: [
      '-T',
      ...settings,
      ...(port === undefined ? [] : ['-p', port.toString()]),
      ...(user === undefined ? [] : ['-l', user]),
      '--',
      host,
      // Whatever the login shell there is, it runs a POSIX shell with one word.
      shellLine('exec', ['sh', '-c', remoteScript(options)]),
    ],
  };
}

const defaults = [
  'BatchMode=yes',
  'ConnectTimeout=20',
  'ServerAliveInterval=15',
  'ServerAliveCountMax=3',
  'ClearAllForwardings=yes',
];

/**
 * What runs on the other host. sshd tells in SSH_CONNECTION which connection it is that the packets go back through: to
 * capture it would be to capture every packet again and again. A shell of the background that only reads ties the capture
 * to the connection.
 */
function remoteScript(options: CaptureOptions): string {
  const { filter, ...others } = options;
  const user = filter === undefined ? '' : ` and (${filter})`;
  const alone = filter ?? '';
  const tools = {
    dumpcap: shellLine('dumpcap', dumpcapArguments(others)),
    tcpdump: shellLine('tcpdump', tcpdumpArguments(others)),
  };
  return `PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin:/usr/local/bin
filter=${shellLine(alone, [])}
set -f
set -- $SSH_CONNECTION
if [ $# -eq 4 ]; then
  filter="not (host \${1%%%*} and host \${3%%%*} and tcp port $2 and tcp port $4)"${shellLine(user, [])}
fi
exec 3<&0
if command -v dumpcap >/dev/null && { ! command -v tcpdump >/dev/null || ${tools.dumpcap} -f "$filter" -d 2>/dev/null | grep -q '^(000)'; }; then
  ${tools.dumpcap} -f "$filter" 3<&- &
elif command -v tcpdump >/dev/null; then
  ${tools.tcpdump} -- "$filter" 3<&- &
else
  echo 'There is neither dumpcap nor tcpdump on this host.' >&2
  exit 127
fi
capture=$!
(while read -r line; do :; done; kill -s TERM "$capture") <&3 >/dev/null 2>&1 &
tie=$!
wait "$capture"
status=$?
kill "$tie" 2>/dev/null
exit "$status"
`;
}
