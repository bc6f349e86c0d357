import { expect } from 'chai';
import { RttsharkError, type ErrorCode } from '../../src/errors.ts';

/** The error that a promise must reject with. */
export async function rejection(promise: Promise<unknown>, code: ErrorCode): Promise<RttsharkError> {
  try {
    await promise;
  } catch (error) {
    expect(error).to.be.instanceOf(RttsharkError);
    const failure = error as RttsharkError;
    expect(failure.code, failure.message).to.equal(code);
    return failure;
  }
  throw new Error(`Nothing was thrown where "${code}" was to be.`);
}

/** The error that a function must throw. */
export function thrown(code: ErrorCode, call: () => unknown): RttsharkError {
  try {
    call();
  } catch (error) {
    expect(error).to.be.instanceOf(RttsharkError);
    const failure = error as RttsharkError;
    expect(failure.code, failure.message).to.equal(code);
    return failure;
  }
  throw new Error(`Nothing was thrown where "${code}" was to be.`);
}

/** Does not wait; remembers how long it should have. */
export function noSleep(): { sleep: (ms: number) => Promise<void>; pauses: number[] } {
  const pauses: number[] = [];
  return {
    pauses,
    sleep: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
  };
}
