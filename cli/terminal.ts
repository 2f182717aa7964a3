/** Where a command writes. Results go to `out`, so that they can be piped; everything else to `err`. */
export interface Terminal {
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
}

export const terminal: Terminal = { out: process.stdout, err: process.stderr };

/** Whoever reads the results may have seen enough, as `head` has: then there is no more to do, and nothing is wrong. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** Back to the beginning of a terminal's line, with nothing left on it. */
export const CLEAR_LINE = '\r\u001B[2K';

/** One line of a result. */
export function print(line: string, { out }: Terminal = terminal): void {
  out.write(`${line}\n`);
}

/** One line for the person who waits: what is going on, what went wrong. */
export function say(line: string, { err }: Terminal = terminal): void {
  err.write(`${line}\n`);
}

/** Rows under their headings, each column as wide as its widest cell. */
export function printTable(rows: readonly (readonly string[])[], to: Terminal = terminal): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
      to,
    );
  }
}
