/**
 * The same items, the first of which is there already: whoever would begin to write knows that there is something to be
 * written.
 *
 * @returns rejects as the first item does
 */
export async function primed<T>(items: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = items[Symbol.asyncIterator]();
  let first: IteratorResult<T> | undefined = await iterator.next();
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const known = first;
        first = undefined;
        return known ?? (await iterator.next());
      },
      return: async () => {
        await iterator.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}
