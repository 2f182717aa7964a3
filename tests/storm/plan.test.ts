import { expect, test } from 'vitest';
import { type Action, makePlan } from './plan.ts';
import { Random } from './random.ts';

const SIZE = { jobs: 60, kills: 12, workers: 3 };
const seeds = Array.from({ length: 10 }, (_, seed) => seed);

function actionsOf(seed: number): Action[] {
  return makePlan(seed, SIZE).steps.map(({ action }) => action);
}

test('a seed says all that is done, and another says something else', () => {
  expect(makePlan(7, SIZE)).toEqual(makePlan(7, SIZE));
  expect(makePlan(7, SIZE)).not.toEqual(makePlan(8, SIZE));
});

test.each(seeds)('seed %i: every job is sent once, before anything is asked of it', (seed) => {
  const sent: number[] = [];
  const askedTooSoon: Action[] = [];
  for (const action of actionsOf(seed)) {
    if (action.do === 'submit') sent.push(...action.jobs);
    else if ('job' in action && !sent.includes(action.job)) askedTooSoon.push(action);
  }
  expect(askedTooSoon).toEqual([]);
  expect(sent.toSorted((a, b) => a - b)).toEqual([...makePlan(seed, SIZE).jobs.keys()]);
});

test.each(seeds)('seed %i: as many kills as asked for, of every kind', (seed) => {
  const victims = actionsOf(seed).flatMap((action) => (action.do === 'kill' ? action.victim : []));
  expect(victims).toHaveLength(SIZE.kills);
  expect(new Set(victims).size).toBe(3);
});

test.each(seeds)('seed %i: whatever is stopped is started again', (seed) => {
  const stopped = new Set<unknown>();
  for (const action of actionsOf(seed)) {
    if (action.do === 'stop') stopped.add(action.owner);
    if (action.do === 'start') stopped.delete(action.owner);
    if (action.do === 'pause') stopped.add(`batch of ${action.job}`);
    if (action.do === 'resume') stopped.delete(`batch of ${action.job}`);
  }
  expect(stopped.size).toBe(0);
});

test('the random numbers reach from end to end', () => {
  const random = new Random(1);
  const found = new Set(Array.from({ length: 1000 }, () => random.whole(-2, 3)));
  expect([...found].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
});
