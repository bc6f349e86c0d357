import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { mergeStreams } from '../../src/capture/merge-streams.ts';

type Stream<T> = AsyncGenerator<T, void, undefined>;

async function* of<T>(...values: T[]): Stream<T> {
  for (const value of values) {
    await Promise.resolve();
    yield value;
  }
}

/** Gives nothing, and ends when it is let go. */
function silent(): { stream: Stream<never>; letGo: () => void } {
  const end = new AbortController();
  const ended = new Promise((resolve) => {
    end.signal.addEventListener('abort', resolve);
  });
  async function* wait(): Stream<never> {
    await ended;
  }
  return {
    stream: wait(),
    letGo: () => {
      end.abort();
    },
  };
}

describe('streams that are merged', () => {
  it('give all that each of them gives, in its order', async () => {
    const given: string[] = [];
    for await (const value of mergeStreams([of('a1', 'a2', 'a3'), of<string>(), of('b1')], () => undefined))
      given.push(value);
    expect(given.filter((value) => value.startsWith('a'))).to.deep.equal(['a1', 'a2', 'a3']);
    expect(given).to.have.members(['a1', 'a2', 'a3', 'b1']);
  });

  it('end with the first error, and let those go that wait', async () => {
    const waiting = silent();
    async function* failing(): Stream<string> {
      yield 'one';
      await Promise.resolve();
      throw new Error('broken');
    }
    const given: string[] = [];
    let error: unknown;
    try {
      for await (const value of mergeStreams<string>([waiting.stream, failing()], waiting.letGo))
        given.push(value);
    } catch (thrown) {
      error = thrown;
    }
    expect(given).to.deep.equal(['one']);
    expect(error).to.be.an('error').with.property('message', 'broken');
  });

  it('hold nothing of what was taken, though one of them gives nothing for long', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const waiting = silent();
    async function* objects(): Stream<object> {
      for (let i = 0; i < 50; i++) {
        await Promise.resolve();
        yield { i };
      }
    }
    const taken: WeakRef<object>[] = [];
    let held: number | undefined;
    for await (const value of mergeStreams<object>([waiting.stream, objects()], waiting.letGo)) {
      taken.push(new WeakRef(value));
      if (taken.length < 50) continue;
      await new Promise(setImmediate);
      collect();
      held = taken.filter((reference) => reference.deref() !== undefined).length;
      break;
    }
    expect(held).to.be.below(5);
  });
});
