import { expect, test } from 'vitest';
import { oneAhead } from './one-ahead.ts';

/** Counts to `last`, saying when each number is begun and when no more is asked for; fails with `end` after `last`, where it is given. */
async function* counting(said: string[], last: number, end?: Error): AsyncGenerator<number> {
  try {
    for (let number = 1; number <= last; number++) {
      said.push(`begun ${number}`);
      yield await Promise.resolve(number);
    }
    if (end) throw end;
  } finally {
    said.push('ended');
  }
}

test('the next one is begun before the one before is handed over, and no more than that one', async () => {
  const said: string[] = [];
  for await (const number of oneAhead(counting(said, 3))) said.push(`taken ${number}`);
  expect(said).toEqual(['begun 1', 'begun 2', 'taken 1', 'begun 3', 'taken 2', 'ended', 'taken 3']);
});

test('a failure is said after everything before it was taken', async () => {
  const taken: number[] = [];
  const failing = async () => {
    for await (const number of oneAhead(counting([], 2, new Error('no third')))) taken.push(number);
  };
  await expect(failing()).rejects.toThrow('no third');
  expect(taken).toEqual([1, 2]);
});

test('who takes no more ends the source, once what is under way is done', async () => {
  const said: string[] = [];
  for await (const number of oneAhead(counting(said, 9))) {
    said.push(`taken ${number}`);
    break;
  }
  said.push('left');
  expect(said).toEqual(['begun 1', 'begun 2', 'taken 1', 'ended', 'left']);
});
