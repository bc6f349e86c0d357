import { expect } from 'chai';
import { childEnvironment } from '../../src/tshark/child-environment.ts';

describe('the environment of children', () => {
  it('lacks everything that is addressed to rttshark', () => {
    const env = childEnvironment({
      RTTSHARK_PASSWORD: 'secret',
      RTTSHARK_: 'x',
      PATH: '/bin',
      XRTTSHARK_A: '1',
    });
    expect(Object.keys(env).filter((name) => name.startsWith('RTTSHARK_'))).to.deep.equal([]);
    expect(env).to.include({ PATH: '/bin', XRTTSHARK_A: '1' });
  });

  it('asks for English messages and decimal points, whatever the user speaks', () => {
    const env = childEnvironment({ LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8', LC_NUMERIC: 'de_DE.UTF-8' });
    expect(env).to.deep.equal({
      LANG: 'de_DE.UTF-8',
      LC_CTYPE: 'de_DE.UTF-8',
      LC_MESSAGES: 'C',
      LC_NUMERIC: 'C',
    });
  });

  it('keeps empty values, drops absent ones, and leaves the original as it is', () => {
    const original = { EMPTY: '', ABSENT: undefined, LC_ALL: 'C' };
    expect(childEnvironment(original)).to.include({ EMPTY: '' }).and.not.to.have.property('ABSENT');
    expect(original).to.deep.equal({ EMPTY: '', ABSENT: undefined, LC_ALL: 'C' });
  });
});
