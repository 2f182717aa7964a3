import { formatBytes } from '#lib/core/format-bytes';
import { CLEAR_LINE, say, terminal, type Terminal } from './terminal.ts';

const REDRAW_MS = 100;

/** How far the fetching of one file is. */
export interface Received {
  file: string;
  receivedBytes: number;
  totalBytes: number;
}

/** Shows downloads as they come: one rewritten line on a terminal, otherwise one plain line for each file. */
export interface DownloadDisplay {
  update(received: Received): void;
  /** A line of its own, above the progress. */
  say(line: string): void;
}

export function downloadDisplay(to: Terminal = terminal): DownloadDisplay {
  return to.err.isTTY ? rewrittenLine(to) : plainLines(to);
}

function rewrittenLine(to: Terminal): DownloadDisplay {
  let drawnAt = 0;
  return {
    update(received) {
      const isDone = received.receivedBytes >= received.totalBytes;
      if (!isDone && Date.now() - drawnAt < REDRAW_MS) return;
      drawnAt = isDone ? 0 : Date.now();
      // A line that wrapped could not be rewritten.
      const line = lineOf(received).slice(0, (to.err.columns ?? 80) - 1);
      to.err.write(`${CLEAR_LINE}${line}${isDone ? '\n' : ''}`);
    },
    say(line) {
      to.err.write(CLEAR_LINE);
      say(line, to);
    },
  };
}

function plainLines(to: Terminal): DownloadDisplay {
  return {
    update({ file, receivedBytes, totalBytes }) {
      if (receivedBytes >= totalBytes) say(`${file}: ${formatBytes(totalBytes)} fetched`, to);
    },
    say: (line) => say(line, to),
  };
}

function lineOf({ file, receivedBytes, totalBytes }: Received): string {
  const percent = Math.floor((100 * receivedBytes) / totalBytes);
  return `${file}  ${String(percent).padStart(3)} %  ${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`;
}
