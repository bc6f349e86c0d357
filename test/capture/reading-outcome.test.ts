import { expect } from 'chai';
import { outcomeOfPipeline, unlessCut, unlessInRow } from '../../src/capture/reading-outcome.ts';
import type { ChildEnding } from '../../src/tshark/child-process.ts';
import type { OutcomeKind } from '../../src/tshark/outcome.ts';
import { versionOf } from '../tshark/versions.ts';

function ending(more: Partial<ChildEnding> = {}): ChildEnding {
  return { exitCode: 0, signal: null, stderr: [], stopped: false, spawnError: undefined, ...more };
}

const done = ending();
const killed = ending({ exitCode: null, signal: 'SIGKILL' });
const brokenPipe = ending({ exitCode: null, signal: 'SIGPIPE' });
const notStarted = ending({ exitCode: null, spawnError: 'ENOENT' });
const wrongFilter = ending({ exitCode: 2, stderr: ['tshark: Unexpected end of filter expression.'] });
const wrongField = ending({ exitCode: 1, stderr: ["tshark: Some fields aren't valid:", '\tx'] });
const cutInput = ending({
  exitCode: 2,
  stderr: ['mergecap: The file "a" appears to have been cut short in the middle of a packet.'],
});
const missingInput = ending({ exitCode: 2, stderr: ['mergecap: The file "a" doesn\'t exist.'] });
const emptyInput = ending({
  exitCode: 2,
  stderr: ["tshark: The standard input isn't a capture file in a format TShark understands."],
});

const version = versionOf('4.0.17');

describe('what the ends of several programs mean together', () => {
  const table: readonly (readonly [string, readonly ChildEnding[], OutcomeKind])[] = [
    ['one that is done', [done], 'done'],
    ['one that died', [killed], 'died'],
    ['one that never started', [notStarted], 'died'],
    ['both done', [done, done], 'done'],
    ['a feeder with a cut file', [cutInput, done], 'truncated'],
    [
      'a feeder without its file, and a reader without anything',
      [missingInput, emptyInput],
      'input_unreadable',
    ],
    ['a feeder that never started, and a reader without anything', [notStarted, emptyInput], 'died'],
    ['a feeder that was killed', [killed, done], 'died'],
    ['a reader that has enough', [brokenPipe, done], 'done'],
    ['a reader that was killed', [brokenPipe, killed], 'died'],
    ['a filter that is wrong', [brokenPipe, wrongFilter], 'filter_invalid'],
    ['a filter that is wrong, and a cut file', [cutInput, wrongFilter], 'filter_invalid'],
    ['a field that is wrong, and a feeder that is done', [done, wrongField], 'field_invalid'],
  ];
  for (const [title, endings, kind] of table) {
    it(`${title}: ${kind}`, () => {
      expect(outcomeOfPipeline(endings, { version, stopped: false }).kind).to.equal(kind);
      expect(outcomeOfPipeline(endings, { version, stopped: true }).kind).to.equal('stopped');
    });
  }

  it('says why a program could not be started', () => {
    expect(outcomeOfPipeline([notStarted], { version, stopped: false }).words).to.include('ENOENT');
  });

  it('needs a program', () => {
    expect(() => outcomeOfPipeline([], { version, stopped: false })).to.throw();
  });
});

describe('an outcome for rows that end inside of one', () => {
  it('is that tshark died, though it calls that a success', () => {
    const outcome = unlessInRow({ kind: 'done', words: 'words' }, { cutShort: true });
    expect(outcome.kind).to.equal('died');
    expect(outcome.words).to.match(/inside of a row[^]*words/);
  });

  it('is as it was for whole rows, and where the matter is known', () => {
    const done = { kind: 'done', words: '' } as const;
    const truncated = { kind: 'truncated', words: '' } as const;
    expect(unlessInRow(done, { cutShort: false })).to.equal(done);
    expect(unlessInRow(truncated, { cutShort: true })).to.equal(truncated);
  });
});

describe('an outcome for inputs that are cut', () => {
  const cut = () => ['file "a.zst"', 'standard input'];

  it('is that they are, where tshark says nothing, or that it knows no such compression', () => {
    const words = 'The file "a" cannot be decompressed; it is compressed in a way that we don\'t support.';
    for (const outcome of [
      { kind: 'done', words: '' },
      { kind: 'input_unreadable', words },
    ] as const) {
      const { kind, words: said } = unlessCut(outcome, cut);
      expect(kind).to.equal('truncated');
      expect(said.split('\n')).to.have.length(2);
      expect(said).to.include('The file "a.zst" ends').and.include('The standard input ends');
    }
  });

  it('is as it was for all others, for which nobody looks', () => {
    const never = () => {
      throw new Error('It looked.');
    };
    for (const kind of ['stopped', 'truncated', 'died', 'filter_invalid', 'input_unreadable'] as const) {
      const outcome = { kind, words: 'words' };
      expect(unlessCut(outcome, never)).to.equal(outcome);
    }
  });

  it('is as it was where none is cut', () => {
    const outcome = { kind: 'done', words: '' } as const;
    expect(unlessCut(outcome, () => [])).to.equal(outcome);
  });
});
