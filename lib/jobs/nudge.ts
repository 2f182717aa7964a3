import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { thisMachine } from '#lib/core/this-machine';
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

/** Ports are asked for again after this long. */
const PORTS_LAST_MS = 2_000;

/** The ports that were found last, of each database's workers on this machine. */
const known = new WeakMap<Database, { ports: number[]; until: number }>();
const toNudge = new Set<Database>();
let sender: Socket | undefined;

/** Nudge the workers of this machine, once for all that is enqueued in this turn of the event loop. Never fails. */
export function nudgeWorkers(db: Database): void {
  if (toNudge.size === 0) setImmediate(nudgeAll);
  toNudge.add(db);
}

function nudgeAll(): void {
  for (const db of toNudge) {
    const { ports, until } = known.get(db) ?? { ports: [], until: 0 };
    ports.forEach(send);
    // Where they cannot be asked for, the poll will find the work.
    if (performance.now() >= until) void nudgeOthers(db, ports).catch(() => undefined);
  }
  toNudge.clear();
}

/** Look who is there now, and nudge those that were not known. */
async function nudgeOthers(db: Database, nudged: number[]): Promise<void> {
  const workers = await workersOn(db, thisMachine());
  const ports = workers.flatMap(({ nudgePort }) => nudgePort ?? []);
  known.set(db, { ports, until: performance.now() + PORTS_LAST_MS });
  ports.filter((port) => !nudged.includes(port)).forEach(send);
}

function send(port: number): void {
  sender ??= createSocket('udp4')
    .on('error', () => undefined)
    .unref();
  sender.send('', port, LOOPBACK, () => undefined);
}
