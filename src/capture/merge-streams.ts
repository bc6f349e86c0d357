/**
 * What several streams give, as it comes. Each is asked for more when what it gave last has been taken. All of them are
 * ended when the iteration is, however that is; the first error ends it.
 *
 * @param letGo - is called before any is ended that has not come to its end: makes sure that none waits any more
 */
export async function* mergeStreams<T>(
  streams: readonly AsyncGenerator<T, void, undefined>[],
  letGo: () => void,
): AsyncGenerator<T, void, undefined> {
  const waiting = new Map(streams.map((stream) => [stream, ask(stream)]));
  try {
    while (waiting.size > 0) {
      const { stream, result } = await Promise.race(waiting.values());
      if (result.done === true) {
        waiting.delete(stream);
        continue;
      }
      yield result.value;
      waiting.set(stream, ask(stream));
    }
  } finally {
    if (waiting.size > 0) letGo();
    await Promise.allSettled(streams.map((stream) => stream.return()));
  }
}

interface Answer<T> {
  readonly stream: AsyncGenerator<T, void, undefined>;
  readonly result: IteratorResult<T, void>;
}

async function ask<T>(stream: AsyncGenerator<T, void, undefined>): Promise<Answer<T>> {
  return { stream, result: await stream.next() };
}
