interface Page<Row> {
  rows: Row[];
  /** The `cursor` of the next page; null where this is the last. */
  nextCursor: string | null;
}

/** A page of a list that goes by id, of rows among which one more was asked for than it holds. */
export function pageOfRows<Row extends { id: string }>(found: readonly Row[], limit: number): Page<Row> {
  const rows = found.slice(0, limit);
  return { rows, nextCursor: found.length > limit ? rows.at(-1)!.id : null };
}
