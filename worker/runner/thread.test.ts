import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import type { StageCount } from '#lib/pipelines/progress';
import { drawnPhoto } from '#tests/photos';
import { temporaryFolder } from '#tests/temporary-folder';
import type { StageTask, TaskReport } from './messages.ts';
import runStage from './thread.ts';

const { weightsDir } = readSettings(process.env);
const hasWeights = ['fastdepth', 'u2netp'].every((id) => isPresent(weightsDir, findModel(id)!));

test.skipIf(!hasWeights)('a stage says which models it loads, and that it goes on', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'photo.jpg');
  await writeFile(path, (await drawnPhoto(160, 120)).bytes);
  const task: StageTask = {
    id: 'task',
    jobId: 'job',
    pipeline: 'photo-realistic',
    stage: 'depth',
    model: 'fastdepth',
    models: ['fastdepth', 'u2netp'],
    params: { num_layers: 2 },
    inputs: { image: { path, sha256: '-', width: 160, height: 120 } },
    stamp: null,
    outDir: join(folder, 'depth'),
    stageDirs: {},
    stageMs: {},
    checkpoint: null,
    checkpointDir: join(folder, 'checkpoint'),
    provider: 'cpu',
    weightsDir,
    threads: 1,
  };
  const loading = (await countsOf(task)).map((count) => count.loading ?? null);
  expect(loading.filter((title) => title !== null)).toEqual(['FastDepth', 'U²-Net-p']);
  expect(loading.at(-1)).toBeNull();
});

/** Run a stage, and return how far it said it was. */
async function countsOf(task: StageTask): Promise<StageCount[]> {
  const { port1, port2 } = new MessageChannel();
  const counts: StageCount[] = [];
  port1.on('message', (report: TaskReport) => {
    if (report.type === 'progress') counts.push(report.progress);
  });
  const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
  const outcome = await runStage({ task, cancelFlag, port: port2 });
  expect(outcome).toMatchObject({ ok: true });
  await once(port1, 'close');
  return counts;
}
