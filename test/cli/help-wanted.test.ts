import { expect } from 'chai';
import { leftOutOfHelp, mayAskForHelp } from '../../src/cli/help-wanted.ts';

describe('help that nobody asks for', () => {
  for (const words of [
    ['analyze', '--help'],
    ['-h'],
    ['analyze', '-qh', 'a.pcap'],
    ['--get-yargs-completions', 'rttshark', 'ana'],
  ]) {
    it(`is asked for by ${words.join(' ')}`, () => {
      expect(mayAskForHelp(words)).to.equal(true);
    });
  }

  for (const words of [[], ['analyze', 'hosts.pcap'], ['analyze', '-', '--by', 'src']]) {
    it(`is not asked for by "${words.join(' ')}"`, () => {
      expect(mayAskForHelp(words)).to.equal(false);
    });
  }

  it('leaves nothing out but the help', () => {
    const options = { top: { type: 'string', requiresArg: true }, quiet: { type: 'boolean' } } as const;
    expect(leftOutOfHelp(options)).to.deep.equal({
      top: { type: 'string', requiresArg: true, hidden: true },
      quiet: { type: 'boolean', hidden: true },
    });
  });
});
