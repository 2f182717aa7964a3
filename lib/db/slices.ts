import { setImmediate as turn } from 'node:timers/promises';

/** Rows that one statement reads: a few milliseconds' worth. */
const SLICE_ROWS = 100;

/**
 * A table of any length, a slice at a time: each statement is short, and between two of them the event loop has its
 * turn, because a statement on a file holds it up. `read` gives the `limit` rows that come after one, in order.
 */
export async function* slices<Row>(
  read: (after: Row | undefined, limit: number) => Promise<Row[]>,
): AsyncGenerator<Row[], void> {
  let rows: Row[] = [];
  do {
    rows = await read(rows.at(-1), SLICE_ROWS);
    if (rows.length > 0) yield rows;
    await turn();
  } while (rows.length === SLICE_ROWS);
}
