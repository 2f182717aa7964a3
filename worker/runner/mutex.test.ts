import { expect, test } from 'vitest';
import { Mutex } from './mutex.ts';

const forever = new AbortController().signal;

/** Work that is done when it is told. */
function openWork() {
  let end!: () => void;
  const done = new Promise<void>((resolve) => (end = resolve));
  return { work: () => done, end };
}

test('one works at a time, in the order in which they came, and a failure holds nobody up', async () => {
  const mutex = new Mutex();
  const order: string[] = [];
  const { work, end } = openWork();
  const first = mutex.run(forever, () => work().then(() => order.push('first')));
  const second = mutex.run(forever, () => Promise.reject(new Error('second failed')));
  const third = mutex.run(forever, async () => order.push('third'));
  await Promise.resolve();
  expect(order).toEqual([]);
  end();
  await expect(second).rejects.toThrow('second failed');
  await Promise.all([first, third]);
  expect(order).toEqual(['first', 'third']);
});

test('who is stopped while waiting leaves at once, and those behind still wait for the one before', async () => {
  const mutex = new Mutex();
  const stop = new AbortController();
  const order: string[] = [];
  const { work, end } = openWork();
  const first = mutex.run(forever, () => work().then(() => order.push('first')));
  const second = mutex.run(stop.signal, async () => order.push('second'));
  const third = mutex.run(forever, async () => order.push('third'));
  stop.abort('cancelled');
  await expect(second).rejects.toBe('cancelled');
  expect(order).toEqual([]);
  end();
  await Promise.all([first, third]);
  expect(order).toEqual(['first', 'third']);
  await expect(mutex.run(stop.signal, async () => order.push('late'))).rejects.toBe('cancelled');
});
