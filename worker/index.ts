import { availableParallelism } from 'node:os';
import { settings as readSettings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import { newId } from '#lib/core/ids';
import { createLogger } from '#lib/core/logger';
import { database } from '#lib/db/connection';
import { migrateDatabase } from '#lib/db/migrate';
import { listenForNudges } from '#lib/jobs/nudge';
import { fileStore } from '#lib/media/store/storage';
import type { WorkerContext } from './context.ts';
import { resolveDevice } from './engines/onnx/devices.ts';
import { sayGoodbye } from './maintenance/heartbeat.ts';
import { startMaintenance } from './maintenance/maintenance.ts';
import { WebhookSender } from './maintenance/webhooks.ts';
import { Runner } from './runner/runner.ts';
import { Supervisor } from './supervisor.ts';
import { WeightsFetcher } from './weights/weights-fetcher.ts';

let supervisor: Supervisor | undefined;
let sender: WebhookSender | undefined;
let stopMaintenance: (() => void) | undefined;
let stopping: Promise<void> | undefined;

const nudges = await listenForNudges(() => supervisor?.nudge());
const context = await boot(nudges.port);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// Whoever started it is gone, however suddenly.
process.on('disconnect', stop);

stopMaintenance = await startMaintenance(context);
supervisor = new Supervisor(context);
supervisor.start();
sender = new WebhookSender(context);
sender.start();
await context.fetcher?.resume();
context.log.info({ workerId: context.workerId, device: context.device.provider }, 'worker ready');
if (process.connected) process.send?.('ready');
else if (process.send) stop();

async function boot(nudgePort: number): Promise<WorkerContext> {
  const settings = readSettings();
  const log = createLogger('worker', settings.logLevel, { prompts: settings.logPrompts });
  const db = await database();
  await migrateDatabase(db);
  const { provider, note } = await resolveDevice(settings.provider);
  if (note) log.warn(note);
  // Two WebGPU sessions in two threads of one process hang.
  const capacity = provider === 'webgpu' ? 1 : settings.concurrency;
  const threads = Math.max(1, Math.floor(availableParallelism() / capacity));
  const runner = new Runner({
    concurrency: capacity,
    cancelGraceMs: settings.cancelGraceMs,
    stuckAfterMs: settings.stageTimeoutMs,
    log,
  });
  const device = { provider, note, threads };
  const workerId = newId();
  const clock = systemClock;
  const fetcher = settings.fetchWeights ? new WeightsFetcher({ workerId, db, settings, clock, log }) : null;
  return {
    workerId,
    db,
    store: fileStore(),
    runner,
    fetcher,
    device,
    nudgePort,
    capacity,
    settings,
    clock,
    log,
  };
}

/** The first signal drains; a second one interrupts what still runs. */
function stop(): void {
  if (stopping) return supervisor?.interrupt();
  context.log.info('draining');
  stopping = leave();
}

async function leave(): Promise<void> {
  nudges.close();
  context.fetcher?.stop();
  const { drainMs } = context.settings;
  await Promise.all([supervisor?.drain(drainMs), sender?.drain(drainMs)]);
  stopMaintenance?.();
  // Where the database is away, the heartbeat that stops says the same, later.
  await sayGoodbye(context).catch((error) => context.log.warn({ err: error }, 'left without a word'));
  context.log.info('worker stopped');
  process.exit(0);
}
