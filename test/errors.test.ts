import { expect } from 'chai';
import { RttsharkError, exitStatusOf } from '../src/errors.ts';

describe('errors', () => {
  it('give each code one exit status', () => {
    expect(new Set(Object.values(exitStatusOf)).size).to.equal(Object.keys(exitStatusOf).length);
    expect(new RttsharkError('gateway_tls', 'x').exitStatus).to.equal(42);
  });
});
