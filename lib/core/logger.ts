import pino from 'pino';
import pretty from 'pino-pretty';

export type Logger = pino.Logger;

const SECRETS = ['password', 'token', 'secret', 'apiKey', '*.password', '*.token', '*.secret', '*.apiKey'];

/**
 * A logger for one process; `name` tells the web's lines from the worker's. One JSON object a line for programs, plain
 * lines on a terminal.
 */
export function createLogger(name: string, level = 'info'): Logger {
  const options = { name, level, redact: SECRETS, base: { pid: process.pid } };
  if (!process.stdout.isTTY) return pino(options);
  return pino(options, pretty({ sync: true, ignore: 'pid', translateTime: 'HH:MM:ss' }));
}
