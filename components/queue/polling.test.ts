import { expect, test, vi } from 'vitest';
import { Polling } from './polling.ts';

test('a reading asked for while another is under way takes its place', async () => {
  const shown: string[] = [];
  const answers: ((text: string) => void)[] = [];
  const polling = new Polling(
    async (signal) => {
      const answer = await new Promise<string>((resolve) => answers.push(resolve));
      if (!signal.aborted) shown.push(answer);
    },
    () => null,
  );
  const readings = [polling.now(), polling.now()];
  answers[1]!('newer');
  answers[0]!('older');
  await Promise.all(readings);
  expect(shown).toEqual(['newer']);
});

test('goes on after every answer until it is stopped, and not at all without a delay', async () => {
  vi.useFakeTimers();
  let delayMs: number | null = 1000;
  let readings = 0;
  const polling = new Polling(
    async () => void (readings += 1),
    () => delayMs,
  );
  polling.schedule();
  await vi.advanceTimersByTimeAsync(3000);
  expect(readings).toBe(3);
  polling.stop();
  await vi.advanceTimersByTimeAsync(3000);
  expect(readings).toBe(3);
  delayMs = null;
  await polling.now();
  await vi.advanceTimersByTimeAsync(3000);
  expect(readings).toBe(4);
  vi.useRealTimers();
});
