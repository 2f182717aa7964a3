import { inspect } from 'node:util';
import { settings } from '#lib/config/settings';
import { AppError, type FieldError } from '#lib/core/errors';
import { say, terminal, type Terminal } from './terminal.ts';

/**
 * Tell the person at the terminal what went wrong and what to do. It is the operator's own machine, so any error's
 * message may be shown; stacks and causes only with MULTIPLANE_LOG_LEVEL=debug (or trace).
 */
export function reportError(error: unknown, to: Terminal = terminal): void {
  if (wantsStack()) say(describe(error), to);
  else say(error instanceof Error ? error.message : String(error), to);
  if (error instanceof AppError) {
    for (const field of error.fields) sayField(field, to);
    if (error.suggestion) say(error.suggestion, to);
  }
}

/** One without a name is the whole of what the error is about, and has been said. */
function sayField({ pointer, message }: FieldError, to: Terminal): void {
  if (pointer) say(`  ${pointer.slice(1)}: ${message}`, to);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : inspect(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${describe(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

function wantsStack(): boolean {
  try {
    return ['debug', 'trace'].includes(settings().logLevel);
  } catch {
    // The settings themselves may be what is reported.
    return false;
  }
}
