import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { WebAddress } from './address.ts';

const { resolve } = createRequire(import.meta.url);

const FOLLOW_PARENT = new URL('./follow-parent.mjs', import.meta.url).href;
/** Node arguments that run the Next.js command line without a shell or npx between, for as long as its parent lives. */
const nextCommand = ['--import', FOLLOW_PARENT, resolve('next/dist/bin/next')];
const TSX = pathToFileURL(resolve('tsx')).href;

/** Node arguments of the web process. */
export function webCommand({ host, port }: WebAddress): string[] {
  return [...nextCommand, 'start', '--hostname', host, '--port', String(port)];
}

/** Node arguments that build the web process for production. */
export const buildCommand = [...nextCommand, 'build'];

/** Node arguments of the worker process. It sends the message `ready` once it claims jobs. */
export const workerCommand = ['--import', TSX, 'worker/index.ts'];

/**
 * Start one of our processes in a group of its own: a terminal's Ctrl-C then reaches only the one that started it,
 * which passes it on in its own way. Its IPC channel lets it notice that its parent is gone. What it prints goes where
 * ours does, or into the open file `output`.
 */
export function startProcess(
  command: string[],
  env: NodeJS.ProcessEnv = process.env,
  output: 'inherit' | number = 'inherit',
): ChildProcess {
  return spawn(process.execPath, command, {
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
}
