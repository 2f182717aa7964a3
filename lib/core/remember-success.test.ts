import { expect, test } from 'vitest';
import { rememberSuccess } from './remember-success.ts';

test('everyone gets the one success, and a failure is tried again', async () => {
  let tries = 0;
  const work = rememberSuccess(async () => {
    tries += 1;
    if (tries === 1) throw new Error('A bad moment');
    return { tries };
  });
  const waiting = await Promise.allSettled([work(), work()]);
  expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const [first, second] = await Promise.all([work(), work()]);
  expect(first).toBe(second);
  expect(await work()).toEqual({ tries: 2 });
});
