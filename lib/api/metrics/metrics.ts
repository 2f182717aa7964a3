import { collectDefaultMetrics } from 'prom-client';
import type { Database } from '#lib/db/client';
import { measureQueue } from './queue.ts';
import { registry } from './registry.ts';

export const METRICS_TYPE = registry.contentType;

let isMeasuringProcess = false;

/** All metrics as Prometheus reads them. Those of the process are measured from the first time on that they are asked for. */
export async function metricsText(db: Database, now: number): Promise<string> {
  if (!isMeasuringProcess) collectDefaultMetrics({ register: registry });
  isMeasuringProcess = true;
  await measureQueue(db, now);
  return registry.metrics();
}
