/** How a block ended. */
export type Ending = { readonly failed: false } | { readonly failed: true; readonly error: unknown };

/**
 * Runs a block and says how it ended: at once, or where it gives a promise, when that is settled. What it returns or
 * throws is passed on.
 */
export function runAndTell<Result>(block: () => Result, tell: (ending: Ending) => void): Result {
  let result: Result;
  try {
    result = block();
  } catch (error) {
    tell({ failed: true, error });
    throw error;
  }
  if (!isThenable(result)) {
    tell({ failed: false });
    return result;
  }
  const told = result.then(
    (value) => {
      tell({ failed: false });
      return value;
    },
    (error: unknown) => {
      tell({ failed: true, error });
      throw error;
    },
  );
  return told as Result;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  return typeof (value as { then?: unknown }).then === 'function';
}

/** Any function, and what it is called on. */
export type Callable<This, Given extends unknown[], Result> = (this: This, ...given: Given) => Result;

/** The same function, with each of its calls run by something else. */
export function around<This, Given extends unknown[], Result>(
  called: Callable<This, Given, Result>,
  run: (block: () => Result) => Result,
): Callable<This, Given, Result> {
  const wrapped = function (this: This, ...given: Given): Result {
    return run(() => called.apply(this, given));
  };
  Object.defineProperty(wrapped, 'name', { value: called.name, configurable: true });
  return wrapped;
}
