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
  const answers: Answer<T>[] = [];
  let wake: () => void = () => undefined;
  // No race of promises: one that waits for long would hold everything that has won against it.
  const ask = (stream: AsyncGenerator<T, void, undefined>) => {
    const answer = (result: Answer<T>['result']) => {
      answers.push({ stream, result });
      wake();
    };
    stream.next().then(
      (result) => {
        answer(() => result);
      },
      (error: unknown) => {
        answer(() => {
          throw error;
        });
      },
    );
  };
  let left = streams.length;
  try {
    streams.forEach(ask);
    while (left > 0) {
      const next = answers.shift();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const result = next.result();
      if (result.done === true) {
        left -= 1;
        continue;
      }
      yield result.value;
      ask(next.stream);
    }
  } finally {
    if (left > 0) letGo();
    await Promise.allSettled(streams.map((stream) => stream.return()));
  }
}

interface Answer<T> {
  readonly stream: AsyncGenerator<T, void, undefined>;
  /** Throws where the stream does. */
  readonly result: () => IteratorResult<T, void>;
}
