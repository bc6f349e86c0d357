import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { fixture, rttshark, type CommandOptions, type CommandResult } from '../support/run-command.ts';
import { sideBySide } from '../support/side-by-side.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const capture = fixture('ipv4.pcap');

describe('command: a configuration file', () => {
  const file = temporaryFolder();

  /** A folder of its own, with a home in which there is no configuration. */
  function folder(files: Readonly<Record<string, string>> = {}) {
    const cwd = mkdtempSync(file('work-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
      writeFileSync(path.join(cwd, name), text);
    }
    return (args: readonly string[], env: CommandOptions['env'] = {}): Promise<CommandResult> =>
      rttshark(args, {
        cwd,
        env: { RTTSHARK_CONFIG: undefined, XDG_CONFIG_HOME: path.join(cwd, 'home'), ...env },
      });
  }

  async function expectUsage(run: Promise<CommandResult>, ...said: string[]): Promise<string> {
    const { status, stdout, stderr } = await run;
    expect(status, stderr).to.equal(2);
    expect(stdout).to.equal('');
    for (const text of said) expect(stderr).to.contain(text);
    expect(stderr)
      .to.match(/^rttshark: /)
      .and.not.match(/\n +at /);
    return stderr;
  }

  it('is taken from where it is named, else the working folder, else the user’s own', async () => {
    const run = folder({
      'rttshark.yaml': 'metric-name: here',
      'other.yaml': 'metric-name: named',
      'third.yaml': 'metric-name: variable',
      'home/rttshark/rttshark.yaml': 'metric-name: own',
    });
    const alone = folder({ 'home/rttshark/rttshark.yaml': 'metric-name: own' });
    const words = ['analyze', capture, '--by', 'none', '--format', 'prometheus'];
    const env = { RTTSHARK_CONFIG: 'third.yaml' };
    const runs = [
      [run, words, {}, 'here'],
      [run, [...words, '--config', 'other.yaml'], env, 'named'],
      [run, words, env, 'variable'],
      [run, [...words, '--no-config'], env, 'rttshark_tcp_ack_rtt_seconds'],
      [alone, words, {}, 'own'],
    ] as const;
    const ended = await sideBySide(runs, ([start, args, added]) => start(args, added));
    for (const [at, { status, stdout, stderr }] of ended.entries()) {
      const name = runs[at]![3];
      expect([status, stderr], name).to.deep.equal([0, '']);
      expect(stdout).to.contain(`# TYPE ${name} histogram`);
    }
  });

  it('that is named and cannot be read is wrong usage', async () => {
    const run = folder();
    writeFileSync(file('latin.yaml'), Buffer.from([0x62, 0x79, 0x3a, 0x20, 0xe4]));
    writeFileSync(file('huge.yaml'), '#'.repeat(1024 * 1024 + 1));
    const runs = [
      ['nope.yaml', ['analyze', capture, '--config', 'nope.yaml'], {}],
      ['nope.yaml', ['config', 'check'], { RTTSHARK_CONFIG: 'nope.yaml' }],
      [file('latin.yaml'), ['config', 'check', file('latin.yaml')], {}],
      [file('huge.yaml'), ['config', 'check', file('huge.yaml')], {}],
      [file(), ['config', 'check', file()], {}],
    ] as const;
    await sideBySide(runs, ([name, words, env]) =>
      expectUsage(run(words, env), `The configuration file "${name}" cannot be read.`),
    );
  });

  it('with mistakes ends every command that it is for, which says all of them, and help is given', async () => {
    const run = folder({ 'rttshark.yaml': 'pussh: x\nlive:\n  interval: [1s]\n' });
    await sideBySide(
      [
        ['analyze', capture],
        ['config', 'show'],
      ],
      (words) =>
        expectUsage(
          run(words),
          'The configuration file "rttshark.yaml", line 1, column 1: "pussh" is no option.',
          'The configuration file "rttshark.yaml", line 3, column 13: "interval" takes one value',
          'Did you mean "push"?',
        ),
    );
    const fine = [
      ['analyze', '--help'],
      ['analyze', capture, '--no-config'],
    ];
    for (const { status } of await sideBySide(fine, (words) => run(words))) expect(status).to.equal(0);
  });

  it('is named, with the line, where a command does not take its values', async () => {
    const run = folder({
      'rttshark.yaml': 'buckets: [5ms, 1ms]\nlive:\n  ring: {files: 3}\ncheck:\n  max: {p96: 1s}\n',
    });
    const second = folder({ 'rttshark.yaml': '\npush: http://127.0.0.1:1\npush-retries: 0\n' });
    await expectUsage(run(['analyze', capture]), 'must grow', '"buckets" is set in "rttshark.yaml", line 1.');
    await expectUsage(run(['check', capture]), '"p96"', '"max" is set in "rttshark.yaml", line 5.');
    const { status, stderr } = await second(['analyze', capture]);
    expect(status).to.equal(40);
    expect(stderr).to.contain('"push" is set in "rttshark.yaml", line 2.');
    const given = await second(['analyze', capture, '--push', 'http://127.0.0.1:2']);
    expect(given.stderr).to.contain('127.0.0.1:2').and.not.contain('is set in');
    const variable = await folder()(['analyze', capture, '--top', '1'], { RTTSHARK_PACKET_COUNT: 'x' });
    expect(variable.status).to.equal(2);
    expect(variable.stderr).to.contain('"packet-count" is set by the variable RTTSHARK_PACKET_COUNT.');
  });

  it('may set for other commands what has no effect here', async () => {
    const run = folder({ 'rttshark.yaml': 'grouping: { a: b }\nlive: { push: gateway }\n' });
    const words = ['analyze', capture, '--by', 'none'];
    const [configured, given] = await sideBySide([words, [...words, '--instance', 'x']], (args) => run(args));
    expect(configured).to.include({ status: 0, stderr: '' });
    expect(given?.stderr).to.contain('--instance has no effect').and.not.contain('--grouping');
  });

  it('that is only come across says nothing of programs', async () => {
    const run = folder({ 'rttshark.yaml': 'tshark: ./tshark\n' });
    const stderr = await expectUsage(
      run(['analyze', capture]),
      'line 1, column 1: "tshark" says which programs run',
    );
    expect(stderr).to.contain('--config rttshark.yaml');
    const named = await run(['analyze', capture, '--config', 'rttshark.yaml']);
    expect([named.status, named.stderr.includes('"./tshark" does not exist')]).to.deep.equal([20, true]);
  });

  it('declares measurements, which are asked for by name', async () => {
    const run = folder({
      'rttshark.yaml':
        'measure: [tcp, mine]\nmeasurements:\n  - { name: mine, field: tcp.analysis.initial_rtt, once_per_connection: true }\n',
    });
    const { status, stdout, stderr } = await run(['analyze', capture, '--format', 'json']);
    expect(status, stderr).to.equal(0);
    const { measurements } = JSON.parse(stdout) as { measurements: { name: string }[] };
    expect(measurements.map(({ name }) => name)).to.deep.equal(['tcp_ack_rtt', 'mine']);
    await expectUsage(run(['analyze', capture, '--measure', 'mien']), '"mien"');
  });

  describe('config check', () => {
    it('says that all is right, and how much there is', async () => {
      const run = folder({ 'rttshark.yaml': 'by: src\nlive:\n  by: dst\n', 'one.yaml': 'by: src' });
      expect(await run(['config', 'check'])).to.include({
        status: 0,
        stdout: '"rttshark.yaml" is right. It sets 2 options.\n',
        stderr: '',
      });
      expect((await run(['config', 'check', 'one.yaml'])).stdout).to.equal(
        '"one.yaml" is right. It sets 1 option.\n',
      );
      const nothing = await folder()(['config', 'check']);
      expect(nothing).to.include({ status: 0, stderr: '' });
      expect(nothing.stdout).to.contain('There is no configuration file: neither "rttshark.yaml" nor "');
    });

    it('lists all that is wrong', async () => {
      const run = folder({
        'rttshark.yaml': 'swap: 3\npassword: hunter2\n',
        'values.yaml':
          'buckets: [5ms, 1ms]\npush-timeout: never\nlive:\n  interval: soon\n  snaplen: lots\ncheck:\n  max: { p95: 1s, p96: 1s }\n',
      });
      const wrong = await expectUsage(
        run(['config', 'check']),
        'line 1, column 7',
        'line 2, column 1: "password" is a',
      );
      expect(wrong).not.to.contain('hunter2');
      const values = await expectUsage(
        run(['config', 'check', 'values.yaml'], { RTTSHARK_TOP: '0' }),
        ...['buckets', 'push-timeout', 'interval', 'snaplen', 'max'].map(
          (name) => `"${name}" is set in "values.yaml"`,
        ),
        '"top" is set by the variable RTTSHARK_TOP.',
      );
      expect(values.match(/^rttshark: /gm)).to.have.length(6);
    });

    it('looks at the variables too', async () => {
      const env = {
        RTTSHARK_FORMAT: 'xml',
        RTTSHARK_SWAP: 'perhaps',
        RTTSHARK_INTERVALL: '3s',
        RTTSHARK_CORPUS: 'x',
      };
      const stderr = await expectUsage(
        folder()(['config', 'check'], env),
        'The variable RTTSHARK_FORMAT: "xml" is no value for "format".',
        'The variable RTTSHARK_SWAP: "perhaps" is neither true nor false.',
        'RTTSHARK_INTERVALL means nothing. Did you mean RTTSHARK_INTERVAL?',
      );
      expect(stderr).not.to.contain('RTTSHARK_CORPUS');
      const others = { RTTSHARK_PASSWORD: 'hunter2', RTTSHARK_LIVE_SAMPLES: '1', RTTSHARK_TEST_TSHARKS: 'x' };
      const { status, stdout, stderr: notes } = await folder()(['config', 'check'], others);
      expect([status, notes]).to.deep.equal([0, '']);
      expect(stdout).not.to.contain('hunter2');
    });
  });

  describe('config show', () => {
    const text =
      'push: http://gateway:9091\nformat: csv\nlive:\n  interface: [eth0, lo]\n  instance: false\n';

    it('says of each option what it is and where that comes from', async () => {
      const run = folder({ 'rttshark.yaml': text });
      const words = ['config', 'show', 'live', '--format', 'json', '--', '--interval', '3s', '-ieth7'];
      const { status, stdout, stderr } = await run(words, { RTTSHARK_BY: 'src' });
      expect([status, stderr]).to.deep.equal([0, '']);
      const {
        schema,
        file: used,
        commands,
      } = JSON.parse(stdout) as {
        schema: string;
        file: string;
        commands: Record<string, Record<string, unknown>>;
      };
      expect([schema, used, Object.keys(commands)]).to.deep.equal([
        'rttshark.config/1',
        'rttshark.yaml',
        ['live'],
      ]);
      expect(commands['live']).to.deep.include({
        push: { value: 'http://gateway:9091', from: 'file', file: 'rttshark.yaml', line: 1 },
        interface: { value: ['eth7'], from: 'flag' },
        interval: { value: '3s', from: 'flag' },
        instance: { value: false, from: 'file', file: 'rttshark.yaml', line: 5 },
        by: { value: 'src', from: 'environment', variable: 'RTTSHARK_BY' },
        overlap: { value: '10s', from: 'default' },
      });
    });

    it('shows all commands in a table, those that are alike in one line', async () => {
      const { stdout } = await folder({ 'rttshark.yaml': text })(['config', 'show']);
      const lines = stdout.split('\n').map((line) => line.split(/ {2,}/));
      expect(lines[0]).to.deep.equal(['option', 'value', 'from', 'commands']);
      expect(lines).to.deep.include([
        'format',
        'csv',
        '"rttshark.yaml", line 2',
        'analyze live extract fields',
      ]);
      expect(lines).to.deep.include([
        'push',
        'http://gateway:9091',
        '"rttshark.yaml", line 1',
        'analyze live delete doctor',
      ]);
      expect(lines).to.deep.include(['interface', '[eth0, lo]', '"rttshark.yaml", line 4', 'live']);
      expect(lines.filter(([name]) => name === 'interval')).to.deep.equal([
        ['interval', '15s', 'default', 'live'],
      ]);
    });

    it('writes YAML that sets just the same', async () => {
      const run = folder({ 'rttshark.yaml': text });
      const env = {
        RTTSHARK_GROUPING: 'a=b, c\nd=',
        RTTSHARK_LISTEN: 'true',
        RTTSHARK_METRIC_HELP: 'true: "no"',
      };
      const yaml = await run(['config', 'show', '--format', 'yaml'], env);
      const again = folder({ 'rttshark.yaml': yaml.stdout });
      expect((await again(['config', 'check'])).stderr).to.equal('');
      const valuesOf = async (shown: Promise<CommandResult>) => {
        const document = JSON.parse((await shown).stdout) as {
          commands: Record<string, Record<string, { value: unknown }>>;
        };
        return Object.entries(document.commands).map(([command, options]) => [
          command,
          Object.entries(options).map(([name, { value }]) => [name, value]),
        ]);
      };
      const json = ['config', 'show', '--format', 'json'];
      expect(await valuesOf(again(json))).to.deep.equal(await valuesOf(run(json, env)));
    });

    it('shows no secret', async () => {
      const run = folder({
        'rttshark.yaml': 'remote-write-header: { Authorization: hunter2 }\nusername: probe\n',
      });
      const env = { RTTSHARK_PASSWORD: 'hunter2', RTTSHARK_PUSH: 'http://probe:hunter2@gateway' };
      const shownAs = (format: string) =>
        run(['config', 'show', '--format', format], { ...env, RTTSHARK_PUSH: '' });
      for (const shown of await sideBySide(['table', 'yaml', 'json'], shownAs)) {
        expect(shown.status, shown.stderr).to.equal(0);
        expect(shown.stdout).to.contain('probe').and.contain('(hidden)').and.not.contain('hunter2');
      }
      const refused = await expectUsage(
        run(['config', 'show'], env),
        'The variable RTTSHARK_PUSH',
        'holds an "@"',
      );
      expect(refused).not.to.contain('hunter2');
    });

    it('refuses what is no command, and what is none of its options', async () => {
      const run = folder();
      const wrong: [string[], string][] = [
        [['config', 'chek'], 'Did you mean "rttshark config check"'],
        [['config', 'check', 'a', 'b'], '"b" is one word too many'],
        [['config', 'show', 'liv'], 'Did you mean "live"'],
        [['config', 'show', 'live', '--', '--intervall', '3s'], 'Did you mean "--interval"'],
        [['config', 'show', 'live', '--', '--format', 'xml'], '"xml" is no value'],
      ];
      await sideBySide(wrong, ([words, said]) => expectUsage(run(words), said));
    });
  });

  it('in the working folder is told of to people at a terminal', () => {
    const cwd = mkdtempSync(file('tty-'));
    writeFileSync(path.join(cwd, 'rttshark.yaml'), 'by: src');
    const command = `${process.execPath} ${path.resolve('bin/rttshark.js')} analyze ${capture}`;
    const shown = execFileSync('script', ['-qec', command, '/dev/null'], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, RTTSHARK_CONFIG: '' },
    });
    expect(shown).to.contain('Options from "rttshark.yaml" in this folder.');
  });
});
