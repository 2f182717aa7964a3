import { expect, test } from 'vitest';
import { testDatabase } from '#tests/database';
import { recordRunTime, runTimesOf } from './run-times.ts';

const RUN = { host: 'here', device: 'cpu', pipeline: 'p', model: 'auto', inputPixels: 1, totalMs: 5 };

test('of each kind, the latest hundred runs are kept', async () => {
  const db = await testDatabase();
  await recordRunTime(db, { ...RUN, model: 'other', stageMs: { only: 7 } });
  await recordRunTime(db, { ...RUN, host: 'there', stageMs: { only: 8 } });
  for (let run = 1; run <= 103; run++) await recordRunTime(db, { ...RUN, stageMs: { only: run } });
  const runs = await runTimesOf(db, [RUN]);
  expect(runs.map(({ stageMs }) => stageMs['only'])).toEqual(Array.from({ length: 100 }, (_, n) => n + 4));
  const others = await runTimesOf(db, [
    { ...RUN, model: 'other' },
    { ...RUN, host: 'there' },
  ]);
  expect(others.map(({ stageMs }) => stageMs['only'])).toEqual([7, 8]);
  expect(await runTimesOf(db, [])).toEqual([]);
});
