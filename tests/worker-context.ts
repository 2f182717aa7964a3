import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { createLogger } from '#lib/core/logger';
import type { Database } from '#lib/db/client';
import { DiskStore } from '#lib/media/store/disk-store';
import type { FileStore } from '#lib/media/store/store';
import { listModels } from '#lib/models/catalogue';
import { isFetched, weightPath } from '#lib/models/weights';
import type { WorkerContext } from '#worker/context';
import { Runner } from '#worker/runner/runner';
import { NOW } from './factories.ts';
import { temporaryFolder } from './temporary-folder.ts';
import './typescript-children.ts';

/** How long the leases of the worker below last. */
export const LEASE_MS = 400;
/** A runner's program that computes nothing and does as told. */
export const FAKE_RUNNER = resolve('tests/fake-runner.mjs');

interface Options {
  db: Database;
  /** Data folder; one of its own where it is not told. */
  folder?: string;
  /** On the disk, in that folder, where it is not told. */
  store?: FileStore;
  capacity?: number;
  /** Program of the runner's process; the real one where it is not told. */
  child?: string;
}

/** A worker with a real database, store and runner process. */
export function workerContext({
  db,
  folder = temporaryFolder(),
  store,
  capacity = 1,
  child,
}: Options): WorkerContext {
  const settings = readSettings({ MULTIPLANE_DATA_DIR: folder, MULTIPLANE_LEASE_MS: String(LEASE_MS) });
  placeWeights(settings.weightsDir);
  const log = createLogger('test', 'silent');
  const runner = new Runner({ concurrency: capacity, cancelGraceMs: 50, stuckAfterMs: 60_000, log, child });
  onTestFinished(() => runner.close());
  return {
    workerId: 'worker',
    db,
    store: store ?? new DiskStore(settings.filesDir),
    runner,
    fetcher: null,
    device: { provider: 'cpu', note: null, threads: 1 },
    nudgePort: 0,
    capacity,
    settings,
    clock: () => NOW,
    log,
  };
}

/** Files of the right names and sizes for every model that is fetched: nothing here opens them. */
export function placeWeights(weightsDir: string): void {
  mkdirSync(weightsDir, { recursive: true });
  for (const weight of listModels().flatMap(({ weights }) => weights.filter(isFetched))) {
    const path = weightPath(weightsDir, weight);
    writeFileSync(path, '');
    truncateSync(path, weight.sizeBytes);
  }
}
