/**
 * Work that is done once for all who ask, at once or later. A failure reaches those who were waiting and is then
 * forgotten, so that the next one who asks has it tried again: a process must not stay broken by one bad moment.
 */
export function rememberSuccess<T>(work: () => Promise<T>): () => Promise<T> {
  let remembered: Promise<T> | undefined;
  return () => {
    remembered ??= work().catch((error: unknown) => {
      remembered = undefined;
      throw error;
    });
    return remembered;
  };
}
