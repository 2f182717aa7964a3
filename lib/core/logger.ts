import pino from 'pino';

export type Logger = pino.Logger;

const SECRETS = ['password', 'token', 'secret', 'apiKey', '*.password', '*.token', '*.secret', '*.apiKey'];

/** A structured logger for one process; `name` tells the web's lines from the worker's. */
export function createLogger(name: string, level = 'info'): Logger {
  return pino({ name, level, redact: SECRETS, base: { pid: process.pid } });
}
