import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { until } from './deadline.ts';

export interface FakeTsharkOptions {
  /** What it says of its version. */
  readonly version?: string;
  /** After the rows: wait for a signal, wait and ignore all but SIGKILL, or end as tshark did. */
  readonly then?: 'wait' | 'wait stubbornly' | 'end';
  /** Written behind the rows, as the start of one that never ends. */
  readonly unfinishedRow?: string;
}

/** A tshark that reads captures as the real one does, and then behaves as it was told. */
export interface FakeTshark {
  readonly path: string;
  /** Waits until it has printed its rows and somebody has taken them; gives its process id. */
  rowsTaken(): Promise<number>;
}

/** What rttshark asks for, so that the real `tshark -G fields` need not be waited for. */
const fields = [
  'frame.time_epoch',
  'frame.protocols',
  'frame.interface_name',
  'frame.interface_id',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.stream',
  'tcp.analysis.ack_rtt',
];

/** @param file - where to write it; the id of the process that reads goes beside it */
export function writeFakeTshark(file: string, options: FakeTsharkOptions = {}): FakeTshark {
  const { version = '4.0.17', then = 'end', unfinishedRow = '' } = options;
  const pidFile = `${file}.pid`;
  rmSync(pidFile, { force: true });
  writeFileSync(
    file,
    `#!/usr/bin/python3
import fcntl, os, signal, struct, subprocess, sys, termios, time
if sys.argv[1] == '--version':
    print('TShark (Wireshark) ${version} (a fake).')
    sys.exit()
if sys.argv[1] == '-G':
    for name in ${JSON.stringify(fields)}:
        print('F', name, name, 'FT_STRING', sep='\\t')
    sys.exit()
if ${JSON.stringify(then)} == 'wait stubbornly':
    for ignored in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
status = subprocess.run(['tshark', *sys.argv[1:]]).returncode
os.write(1, ${JSON.stringify(unfinishedRow)}.encode())
while struct.unpack('i', fcntl.ioctl(1, termios.TIOCOUTQ, b'....'))[0] > 0:
    time.sleep(0.002)
with open(${JSON.stringify(`${pidFile}.new`)}, 'w') as pid_file:
    pid_file.write(str(os.getpid()))
os.rename(${JSON.stringify(`${pidFile}.new`)}, ${JSON.stringify(pidFile)})
while ${then === 'end' ? 'False' : 'True'}:
    signal.pause()
sys.exit(status)
`,
  );
  chmodSync(file, 0o755);
  return {
    path: file,
    rowsTaken: () =>
      until('the fake tshark had printed its rows', () =>
        existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : undefined,
      ),
  };
}
