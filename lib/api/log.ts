import { settings } from '#lib/config/settings';
import { createLogger, type Logger } from '#lib/core/logger';

let current: Logger | undefined;

/** The web process's logger. */
export function webLog(): Logger {
  current ??= createLogger('web', settings().logLevel);
  return current;
}
