import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const SERVER = 'redis-server';

export interface Redis {
  version: string;
  stop(): void;
}

/**
 * A Redis server of the run's own, at a socket in the folder and at no port. It writes nothing to disk: the fastest it
 * can be. Null where there is no server on this machine.
 */
export async function startRedis(folder: string): Promise<Redis | null> {
  const { stdout, error } = spawnSync(SERVER, ['--version'], { encoding: 'utf8' });
  if (error) return null;
  const socket = join(folder, 'redis.sock');
  const memoryOnly = ['--save', '', '--appendonly', 'no'];
  const server = spawn(SERVER, ['--port', '0', '--unixsocket', socket, '--dir', folder, ...memoryOnly], {
    stdio: 'ignore',
  });
  while (!existsSync(socket)) {
    if (server.exitCode !== null) throw new Error('The Redis server did not start.');
    await delay(20);
  }
  return { version: /v=(\S+)/.exec(stdout)?.[1] ?? '', stop: () => void server.kill() };
}
