/**
 * What `source` gives, in its order, with the next one under way while the taker is busy with the one before: two are
 * held at most. One that fails is said when its turn comes; whoever takes no more waits for the one under way to end.
 */
export async function* oneAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T, void> {
  const iterator = source[Symbol.asyncIterator]();
  const begin = () => {
    const next = iterator.next();
    next.catch(() => undefined);
    return next;
  };
  let next = begin();
  try {
    for (let taken = await next; !taken.done; taken = await next) {
      next = begin();
      yield taken.value;
    }
  } finally {
    await iterator.return?.();
  }
}
