import { CLEAR_LINE, say, terminal, type Terminal } from './terminal.ts';

/** How far a run is: one rewritten line on a terminal, otherwise a line for each new message. */
export interface ProgressLine {
  /** @param value 0 to 1 */
  update(value: number, message: string): void;
  /** A line of its own, above the progress. */
  say(line: string): void;
  end(): void;
}

export function progressLine(to: Terminal = terminal): ProgressLine {
  const rewrite = to.err.isTTY === true;
  let last = '';
  return {
    update(value, message) {
      if (rewrite) to.err.write(`${CLEAR_LINE}${String(Math.round(100 * value)).padStart(3)} %  ${message}`);
      else if (message !== last) say(message, to);
      last = message;
    },
    say(line) {
      if (rewrite) to.err.write(CLEAR_LINE);
      say(line, to);
    },
    end() {
      if (rewrite) to.err.write(CLEAR_LINE);
    },
  };
}
