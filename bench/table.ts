import { cpus, release, totalmem, type as system } from 'node:os';

/** The machine in a line. */
export function machine(): string {
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} x ${cpus()[0]!.model}, ${memoryGb} GB, ${system()} ${release()}, Node ${process.version}`;
}

/** Rows as Markdown, the first as the head. */
export function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const [head, ...body] = rows;
  return [line(head!), rule, ...body.map(line)].join('\n');
}
