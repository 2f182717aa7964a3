import { expect, test } from 'vitest';
import { recordRunTime } from '#lib/jobs/estimates/run-times';
import { registerHeartbeat } from '#lib/jobs/workers';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { newsOf, queuePoll } from './queue-poll.ts';

test('an estimate that counts down is no news; having none any more is', async () => {
  const db = await testDatabase();
  const actor = await makeUser(db);
  const devices = [{ provider: 'cpu', note: null }];
  const worker = { id: 'w', host: 'h', pid: 1, version: '0', devices, capacity: 1, nudgePort: null };
  await registerHeartbeat(db, worker, NOW);
  const { pipeline, model, inputPixels } = await makeJob(db, actor);
  const run = {
    host: 'h',
    device: 'cpu',
    pipeline,
    model,
    inputPixels,
    stageMs: { only: 9000 },
    totalMs: 9000,
  };
  for (let made = 0; made < 3; made++) await recordRunTime(db, run);
  const progress = {
    value: 0,
    stage: 'only',
    stagesDone: 0,
    stagesTotal: 1,
    step: null,
    steps: null,
    message: '',
  };
  await makeJob(db, actor, { status: 'processing', workerId: 'w', progress });

  const [early, late, overdue] = await Promise.all(
    [0, 4000, 9001].map((ms) => queuePoll(db, actor, NOW + ms)),
  );
  const etas = [early, late, overdue].map((poll) =>
    poll!.active_tasks.map((job) => job.progress.eta_seconds),
  );
  expect(etas).toEqual([
    [18, 9],
    [14, 5],
    [null, null],
  ]);
  expect(newsOf(late!)).toEqual(newsOf(early!));
  expect(newsOf(overdue!)).not.toEqual(newsOf(late!));
});
