import pino from 'pino';
import pretty from 'pino-pretty';
import { redact } from './redact.ts';

export type Logger = pino.Logger;

interface LoggerOptions {
  /** Whether prompts may stand in the log. */
  prompts?: boolean;
  /** Where lines go in place of this process's output. */
  destination?: pino.DestinationStream;
}

/**
 * A logger for one process; `name` tells the web's lines from the worker's. One JSON object a line for programs, plain
 * lines on a terminal. Secrets are taken out of every line, whatever is logged.
 */
export function createLogger(
  name: string,
  level = 'info',
  { prompts = false, destination }: LoggerOptions = {},
): Logger {
  const hooks = { streamWrite: (line: string) => redact(line, prompts) };
  const options = { name, level, hooks, base: { pid: process.pid } };
  if (destination) return pino(options, destination);
  if (!process.stdout.isTTY) return pino(options);
  return pino(options, pretty({ sync: true, ignore: 'pid', translateTime: 'HH:MM:ss' }));
}
