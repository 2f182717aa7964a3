import type { JobNow } from '#lib/jobs/watch/watched-jobs';
import { type Position, positionAt } from './position.ts';

export const EVENT_NAMES = ['snapshot', 'status', 'progress', 'preview', 'output'] as const;

/** One thing that is told of a job, and how much has been told after it. */
export interface JobEvent {
  name: (typeof EVENT_NAMES)[number];
  data: unknown;
  position: Position;
}

/**
 * What is to be told of a job to one who knows it up to a position; of one who knows nothing yet, all of it. What came
 * and went between is left out: of ten steps forward, the last is told. The outputs come before the status that ends it.
 */
export function eventsSince(known: Position | null, now: JobNow): JobEvent[] {
  const { resource } = now;
  const here = positionAt(now);
  if (!known) return [{ name: 'snapshot', data: resource, position: here }];
  const outputs = newOutputs(known, now);
  const before = { ...known, outputs: here.outputs };
  if (hasTurned(known, here)) return [...outputs, { name: 'status', data: resource, position: here }];
  return [...outputs, ...newPreview(before, here, now), ...newProgress(before, here, now)];
}

/** While it runs, it is written to for its progress; at any other time, because it has become another. */
function hasTurned(known: Position, here: Position): boolean {
  if (known.phase !== here.phase || known.fence !== here.fence) return true;
  return known.updatedAt !== here.updatedAt && !here.phase.startsWith('processing');
}

function newOutputs(known: Position, { resource }: JobNow): JobEvent[] {
  return resource.outputs.slice(known.outputs).map((output, at) => ({
    name: 'output',
    data: output,
    position: { ...known, outputs: known.outputs + at + 1 },
  }));
}

function newPreview(known: Position, here: Position, { resource }: JobNow): JobEvent[] {
  if (here.previews === known.previews || here.previews === 0) return [];
  const data = { preview_url: resource.progress.preview_url };
  return [{ name: 'preview', data, position: { ...known, previews: here.previews } }];
}

function newProgress(known: Position, here: Position, { resource }: JobNow): JobEvent[] {
  if (here.updatedAt === known.updatedAt) return [];
  const { progress, message, updated_at } = resource;
  return [{ name: 'progress', data: { progress, message, updated_at }, position: here }];
}

/** Whether there is nothing more to come. */
export function isOver({ resource }: JobNow): boolean {
  return resource.completed_at !== null;
}
