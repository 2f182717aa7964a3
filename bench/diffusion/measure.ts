import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runPipeline } from '#tests/run-pipeline';
import type { SessionCache } from '#worker/engines/onnx/sessions';
import { type Spent, timedSessions } from './timed-sessions.ts';

export interface Job {
  model: string;
  params: Record<string, unknown>;
}

/** What one stage of a job took. */
export interface StageCost extends Spent {
  stage: string;
  wallMs: number;
}

/** Run a text-to-video job as a worker does, stage by stage, and say what each stage took. */
export async function measureJob({ model, params }: Job, folder: string, cache: SessionCache) {
  const place = await mkdtemp(join(folder, 'job-'));
  const { timed: sessions, spent } = timedSessions(cache);
  const marks: (Spent & { stage: string; at: number })[] = [];
  const onStage = (stage: string) => void marks.push({ stage, at: performance.now(), ...spent });
  await runPipeline('t2v', { images: {}, params, model, sessions, folder: place, onStage });
  onStage('');
  await rm(place, { recursive: true });
  return marks.slice(1).map((end, i): StageCost => {
    const begin = marks[i]!;
    return {
      stage: begin.stage,
      wallMs: end.at - begin.at,
      runMs: end.runMs - begin.runMs,
      openMs: end.openMs - begin.openMs,
      runs: end.runs - begin.runs,
    };
  });
}
