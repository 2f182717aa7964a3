import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { hostname } from 'node:os';
import type { Database } from '#lib/db/client';
import { workersOn } from './workers.ts';

/*
 * A nudge is an empty UDP packet on the loopback interface that says "look for work now". It may be lost, doubled or
 * forged without harm: the queue is in the database, and a worker that hears nothing looks at its poll interval.
 */

const LOOPBACK = '127.0.0.1';

export interface NudgeListener {
  port: number;
  close(): void;
}

/** Call `onNudge` for every nudge that comes. */
export async function listenForNudges(onNudge: () => void): Promise<NudgeListener> {
  const socket = createSocket('udp4', onNudge);
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  socket.on('error', () => undefined);
  return { port: socket.address().port, close: () => socket.close() };
}

let sender: Socket | undefined;

/** Nudge the workers of this machine. Never fails, and need not be waited for. */
export async function nudgeWorkers(db: Database): Promise<void> {
  try {
    const ports = (await workersOn(db, hostname())).flatMap(({ nudgePort }) => nudgePort ?? []);
    sender ??= createSocket('udp4')
      .on('error', () => undefined)
      .unref();
    for (const port of ports) sender.send('', port, LOOPBACK, () => undefined);
  } catch {
    // The poll will find the work.
  }
}
