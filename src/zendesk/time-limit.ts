/** Nothing came within the time. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/**
 * The promise's own outcome, or a rejection with {@link TimeLimitError} after `ms`. What was begun
 * goes on all the same: nobody listens to it any more.
 */
export function withTimeLimit<T>(promise: PromiseLike<T>, ms: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new TimeLimitError(`${what}: no answer within ${String(ms)} ms`));
    }, ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (reason: unknown) => {
        clearTimeout(timer);
        reject(reason);
      },
    );
  });
}
