import { createLogger, type Logger } from '#lib/core/logger';
import { settings } from './settings.ts';

let current: Logger | undefined;

/** The web process's logger. */
export function webLog(): Logger {
  const { logLevel, logPrompts } = settings();
  current ??= createLogger('web', logLevel, { prompts: logPrompts });
  return current;
}
