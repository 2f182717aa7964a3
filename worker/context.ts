import type { Settings } from '#lib/config/settings';
import type { Clock } from '#lib/core/clock';
import type { Logger } from '#lib/core/logger';
import type { Database } from '#lib/db/client';
import type { FileStore } from '#lib/media/store/store';
import type { Device as ResolvedDevice } from './engines/onnx/devices.ts';
import type { Runner } from './runner/runner.ts';
import type { WeightsFetcher } from './weights/weights-fetcher.ts';

/** A device that computes, and how its sessions are set up. */
export interface Device extends ResolvedDevice {
  /** Processor threads of each session. */
  threads: number;
}

/** What everything in the worker process works with. */
export interface WorkerContext {
  workerId: string;
  db: Database;
  store: FileStore;
  runner: Runner;
  /** Null where weights are for people alone to fetch. */
  fetcher: WeightsFetcher | null;
  device: Device;
  /** UDP port at which it is nudged to look for work. */
  nudgePort: number;
  /** Jobs that run at once. */
  capacity: number;
  settings: Settings;
  clock: Clock;
  log: Logger;
}
