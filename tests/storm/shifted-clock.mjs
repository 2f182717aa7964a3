import { readFileSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/*
 * Loaded into a worker of the storm before anything else, by NODE_OPTIONS: its wall clock is off by as many milliseconds
 * as the file named by STORM_CLOCK says at the moment. Timers and `performance` go on as they do when somebody sets a
 * machine's clock.
 */

const LOOK_EVERY_MS = 20;
const STDOUT = 1;

const trueNow = Date.now;
let offsetMs = read();

Date.now = () => trueNow() + offsetMs;
globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [Date.now()], newTarget),
});

setInterval(follow, LOOK_EVERY_MS).unref();

function follow() {
  const before = offsetMs;
  offsetMs = read();
  if (offsetMs === before || !isMainThread) return;
  writeSync(
    STDOUT,
    `${JSON.stringify({ pid: process.pid, msg: 'clock jumped', byMs: offsetMs - before })}\n`,
  );
}

function read() {
  return Number(readFileSync(process.env.STORM_CLOCK, 'utf8'));
}
