import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { expect } from 'chai';
import {
  fixture,
  program,
  projectFolder,
  rttshark,
  runCommand,
  startRttshark,
} from '../support/run-command.ts';
import { until } from '../support/deadline.ts';
import { writeFakeTshark } from '../support/fake-tshark.ts';
import { gone } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const extract = ['extract', fixture('ipv4.pcap')];
const numbers = ['-e', 'frame.number'];

function lines(text: string): string[] {
  expect(text.endsWith('\n')).to.equal(true);
  return text.split('\n').slice(0, -1);
}

/** A folder of its own, to see all that is left in it. */
function emptyFolder(path: string): string {
  mkdirSync(path);
  return path;
}

describe('command: extract', () => {
  const file = temporaryFolder();

  it('prints CSV where no terminal reads it, a column for each field in the order of -e', async () => {
    const fields = ['-e', 'frame.number', '-esrc=ip.src', '--field', 'ip.dst', '-e', 'again=ip.src'];
    const { status, stdout, stderr } = await rttshark([...extract, ...fields, '-c', '2']);
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(lines(stdout)).to.deep.equal([
      'frame.number,src,ip.dst,again',
      '1,10.1.0.10,10.1.0.1,10.1.0.10',
      '2,10.1.0.1,10.1.0.10,10.1.0.1',
    ]);
  });

  it('writes to a file what it prints, in the form that its name says, and keeps its permissions', async () => {
    const [plain, output, link] = [file('old.jsonl'), file('new.csv'), file('link.jsonl')];
    writeFileSync(plain, 'old', { mode: 0o600 });
    symlinkSync(plain, link);
    const runs = await Promise.all([
      rttshark([...extract, ...numbers, '--format', 'jsonl']),
      rttshark([...extract, ...numbers, '-o', link]),
      rttshark([...extract, ...numbers, '--format', 'csv']),
      rttshark([...extract, ...numbers, '--output', output]),
    ]);
    expect(runs.map(({ status }) => status)).to.deep.equal([0, 0, 0, 0]);
    expect(runs.map(({ stdout }) => stdout !== '')).to.deep.equal([true, false, true, false]);
    expect(readFileSync(plain, 'utf8')).to.equal(runs[0].stdout);
    expect(statSync(plain).mode & 0o777).to.equal(0o600);
    expect(readFileSync(output, 'utf8')).to.equal(runs[2].stdout);
  });

  it('reads one capture after the other, says whose a row is, and joins captures in time order', async () => {
    const ring = [fixture('ring_00002.pcap'), fixture('ring_00001.pcap')];
    const fields = ['-e', 'frame.number', '-e', 'at=frame.time_epoch', '--format', 'jsonl'];
    const [apart, joined] = await Promise.all([
      rttshark(['extract', ...ring, ...fields, '--input-column', 'file']),
      rttshark(['extract', ...ring, ...fields, '--join']),
    ]);
    interface Row {
      readonly file?: string;
      readonly at: string;
      readonly 'frame.number': number;
    }
    const [rows, all] = [apart, joined].map(({ stdout }) =>
      lines(stdout).map((line) => JSON.parse(line) as Row),
    );
    const files = rows!.map((row) => row.file);
    expect([...new Set(files)]).to.deep.equal(ring);
    expect(Object.keys(rows![0]!)).to.deep.equal(['file', 'frame.number', 'at']);
    expect(all!.map((row) => row['frame.number'])).to.deep.equal(all!.map((_, i) => i + 1));
    expect(all!.map(({ at }) => at)).to.deep.equal(rows!.map(({ at }) => at).sort());
  });

  it('shows the first rows as a table, and says how many more there are', async () => {
    const fields = [...numbers, '-e', 'ip.src', '-Y', 'tcp.len > 0'];
    const [{ stdout }, { stdout: csv }] = await Promise.all([
      rttshark([...extract, ...fields, '--format', 'table', '--top', '2']),
      rttshark([...extract, ...fields]),
    ]);
    const rows = lines(csv).slice(1);
    const [names, types, first, second, size, more] = lines(stdout).map((line) => line.trim().split(/ {2,}/));
    expect([names, types]).to.deep.equal([
      ['frame.number', 'ip.src'],
      ['uint32', 'text'],
    ]);
    expect([first, second].map((row) => row!.join(','))).to.deep.equal(rows.slice(0, 2));
    expect(size).to.deep.equal(['2 rows']);
    expect(more![0]).to.match(new RegExp(`^… and ${rows.length - 2} more rows `));
  });

  it('is done when its reader has seen enough', async () => {
    const command = `"${process.execPath}" "${program}" extract "${fixture('demo.pcap')}" -e frame.number`;
    const { stdout, stderr } = await runCommand('bash', [
      '-c',
      `${command} $(printf -- '-e a%s=frame.protocols ' $(seq 40)) | head -1; echo \${PIPESTATUS[0]}`,
    ]);
    expect(stderr).to.equal('');
    expect(lines(stdout).at(-1)).to.equal('0');
    expect(lines(stdout)).to.have.lengthOf(2);
  });

  for (const [what, words, status, message] of [
    ['no field', [], 2, 'No field was named.'],
    ['a field that there is not', ['-e', 'ip.source_port'], 23, '"ip.source_port"'],
    ['two columns of one name', ['-e', 'ip.src', '-e', 'ip.src'], 2, 'Two columns are called "ip.src".'],
    ['a name without a field', ['-e', 'src='], 2, '"src=" names no field.'],
    ['a name of digits', ['-e', '7=ip.src'], 2, 'A column cannot be called "7".'],
    ['one name for many fields', ['-e', 'a=tcp.*'], 2, '"tcp.*" can be many fields'],
    [
      'a wrong filter',
      ['-e', 'ip.src', '-Y', 'tcp.nothing == 1'],
      23,
      'The display filter "tcp.nothing == 1"',
    ],
    ['an unknown form', ['-e', 'ip.src', '--format', 'xml'], 2, 'xml'],
    ['a file whose name says no form', ['-e', 'ip.src', '-o', 'out.data'], 2, '"out.data" does not say'],
    [
      'a place that is not there',
      ['-e', 'ip.src', '-o', '/nowhere/a.csv'],
      2,
      '"/nowhere/a.csv" cannot be written',
    ],
  ] as const) {
    it(`refuses ${what}, and prints nothing`, async () => {
      const result = await rttshark([...extract, ...words]);
      expect([result.status, result.stdout], result.stderr).to.deep.equal([status, '']);
      expect(result.stderr).to.contain(message);
      expect(existsSync(`${projectFolder}/out.data`)).to.equal(false);
    });
  }

  it('says why a file cannot be written, and of no file that was not named', async () => {
    const { stderr } = await rttshark([...extract, ...numbers, '-o', 'missing-folder/x.csv']);
    expect(stderr.match(/missing-folder\S*/g)).to.deep.equal(['missing-folder/x.csv"']);
    expect(stderr).to.contain('ENOENT: no such file or directory').and.not.contain('.x.csv');
  });

  it('gives the rows before a cut, in a file too, and ends with 26', async () => {
    const folder = emptyFolder(file('cut'));
    const cut = ['extract', fixture('cut-in-packet.pcap'), ...numbers];
    const [printed, written] = await Promise.all([
      rttshark(cut),
      rttshark([...cut, '-o', `${folder}/a.csv`]),
    ]);
    expect([printed.status, written.status]).to.deep.equal([26, 26]);
    expect(printed.stderr).to.contain('is cut short or damaged').and.contain('12 rows');
    expect(lines(printed.stdout)).to.have.lengthOf(13);
    expect(readFileSync(`${folder}/a.csv`, 'utf8')).to.equal(printed.stdout);
    expect(readdirSync(folder)).to.deep.equal(['a.csv']);
  });

  it('goes on without an input that cannot be read, and leaves nothing where none can', async () => {
    const folder = emptyFolder(file('unread'));
    const [some, none] = await Promise.all([
      rttshark(['extract', '/nowhere/a.pcap', fixture('ipv4.pcap'), ...numbers]),
      rttshark(['extract', '/nowhere/a.pcap', '/nowhere/b.pcap', ...numbers, '-o', `${folder}/a.csv`]),
    ]);
    expect([some.status, none.status]).to.deep.equal([22, 22]);
    expect(lines(some.stdout)).to.have.lengthOf(19);
    expect(some.stderr).to.contain('"/nowhere/a.pcap" does not exist');
    expect(none.stderr).to.contain('"/nowhere/b.pcap" does not exist');
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  describe('interrupted', () => {
    const slow = (name: string) => {
      const folder = emptyFolder(file(name));
      const fake = writeFakeTshark(file(`${name}-tshark`), { then: 'wait' });
      return {
        folder,
        fake,
        args: ['extract', fixture('demo.pcap'), '-e', 'frame.time_epoch', '--tshark', fake.path],
      };
    };

    it('has printed whole rows, and ends with 130', async () => {
      const { fake, args } = slow('printed');
      const { child, ended } = startRttshark(args);
      await fake.rowsTaken();
      child.kill('SIGINT');
      const { status, stdout, stderr } = await ended;
      expect(status, stderr).to.equal(130);
      const { stdout: whole } = await rttshark(['extract', fixture('demo.pcap'), '-e', 'frame.time_epoch']);
      expect(whole.startsWith(stdout)).to.equal(true);
      expect(lines(stdout)).to.have.length.above(1000);
    });

    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      it(`by ${signal} leaves the file as it was, and nothing beside it`, async () => {
        const { folder, fake, args } = slow(`left-by-${signal}`);
        const output = `${folder}/a.csv`;
        writeFileSync(output, 'old');
        const { child, ended } = startRttshark([...args, '-o', output]);
        const pid = await fake.rowsTaken();
        await until('the unfinished file is there', () => readdirSync(folder).length === 2);
        child.kill(signal);
        const { status } = await ended;
        expect(status).to.equal(signal === 'SIGINT' ? 130 : null);
        await until('nothing is left', () => readdirSync(folder).length === 1);
        expect(readFileSync(output, 'utf8')).to.equal('old');
        if (signal === 'SIGKILL') process.kill(pid);
        await gone(pid);
      });
    }
  });

  it('writes into a pipe as it is', async () => {
    const pipe = file('rows.csv');
    await runCommand('mkfifo', [pipe]);
    const reader = startCat(pipe);
    const { status, stderr } = await rttshark([...extract, ...numbers, '-o', pipe]);
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(lines(await reader)).to.have.lengthOf(19);
    expect(statSync(pipe).isFIFO()).to.equal(true);
  });
});

async function startCat(path: string): Promise<string> {
  return (await runCommand('cat', [path])).stdout;
}
