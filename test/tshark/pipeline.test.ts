import { openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { mergeArguments, readArguments } from '../../src/tshark/arguments.ts';
import {
  pipelineLine,
  startPipeline,
  type Pipeline,
  type RunningPipeline,
} from '../../src/tshark/pipeline.ts';
import { fakeTool, isThere, ownChildren, until } from './processes.ts';

const captures = fileURLToPath(new URL('../../fixtures/captures/', import.meta.url));
const numbers = { file: 'tshark', args: readArguments({ input: '-', fields: ['frame.number'] }) };

function merging(...names: string[]): Pipeline {
  const files = names.map((name) => captures + name);
  return [{ file: 'mergecap', args: mergeArguments(files) }, numbers];
}

/** What the last program of a pipeline prints. */
function outputOf({ last }: RunningPipeline): Promise<string> {
  if (last.output === undefined) throw new Error('It has no output to read.');
  return text(last.output);
}

async function run(pipeline: Pipeline) {
  const running = await startPipeline(pipeline);
  const output = await outputOf(running);
  return { output, endings: await running.ended };
}

describe('a pipeline', () => {
  let before: readonly number[];

  beforeEach(() => {
    before = ownChildren();
  });

  afterEach('leaves no process behind', async () => {
    await until('all children are reaped', () => ownChildren().every((pid) => before.includes(pid)));
  });

  it('lets tshark read what mergecap writes', async () => {
    const { output, endings } = await run(merging('ring_00001.pcap', 'ring_00002.pcap'));
    const rows = output.trim().split('\n');
    expect(rows.length).to.be.greaterThan(2);
    expect(rows.at(-1)).to.equal(`"${rows.length}"`);
    expect(endings.map(({ exitCode }) => exitCode)).to.deep.equal([0, 0]);
  });

  it('may be longer than two, or one alone', async () => {
    const cat = { file: 'cat', args: [] };
    const { output } = await run([{ file: 'printf', args: ['a b'] }, cat, cat, { file: 'wc', args: ['-c'] }]);
    expect(output.trim()).to.equal('3');
    expect((await run([{ file: 'echo', args: ['alone'] }])).output).to.equal('alone\n');
  });

  it('passes megabytes', async () => {
    const zeros = { file: 'head', args: ['-c', '20000000', '/dev/zero'] };
    expect((await run([zeros, { file: 'wc', args: ['-c'] }])).output.trim()).to.equal('20000000');
  });

  it('reads a descriptor that it is given, and closes it', async () => {
    const descriptor = openSync(`${captures}ipv4.pcap`, 'r');
    const running = await startPipeline([numbers], descriptor);
    expect((await outputOf(running)).split('\n')[0]).to.equal('"1"');
    expect((await running.ended)[0]?.exitCode).to.equal(0);
    expect(() => openSync(`/proc/self/fd/${descriptor}`, 'r')).to.throw('ENOENT');
  });

  it('reports the failure of the program that feeds it', async () => {
    const { endings, output } = await run(merging('ipv4.pcap', 'no-such-file.pcap'));
    expect(output).to.equal('');
    expect(endings[0]?.exitCode).to.not.equal(0);
    expect(endings[0]?.stderr.join()).to.include('no-such-file.pcap');
  });

  it('ends when its first program cannot be started', async () => {
    const { endings } = await run([{ file: '/nowhere/mergecap', args: [] }, numbers]);
    expect(endings[0]?.spawnError).to.equal('ENOENT');
    expect(endings[1]?.spawnError).to.equal(undefined);
  });

  it('ends when its last program fails, though the first would write for ever', async () => {
    const endless = { file: fakeTool('endless-rows'), args: [] };
    const { endings } = await run([endless, { file: 'tshark', args: ['-r', '-', '-Y', 'tcp.nonesuch'] }]);
    expect(endings[1]?.stderr.join()).to.include('tcp.nonesuch');
    expect(endings[1]?.exitCode).to.be.oneOf([2, 4]);
  });

  it('stops all of its programs', async () => {
    const never = { file: fakeTool('never-ends'), args: [] };
    const running = await startPipeline([never, { file: 'cat', args: [] }]);
    await running.stop();
    expect((await running.ended).every(({ stopped }) => stopped)).to.equal(true);
    for (const { pid } of running.children) expect(isThere(pid!)).to.equal(false);
  });
});

describe('a pipeline as a line', () => {
  it('can be pasted into a shell', () => {
    const line = pipelineLine([
      { file: 'mergecap', args: ['-w', '-', 'a b.pcap'] },
      { file: 'tshark', args: ['-r', '-'] },
    ]);
    expect(line).to.equal("mergecap -w - 'a b.pcap' | tshark -r -");
  });
});
