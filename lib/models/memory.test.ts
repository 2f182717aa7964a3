import { expect, test } from 'vitest';
import { machineMemory, memoryLimit } from './memory.ts';

const GB = 1e9;

test.each([
  ['a machine of its own', { total: 24 * GB, constrained: 0, configured: 0 }, 24],
  ['a container with a limit', { total: 24 * GB, constrained: 8 * GB, configured: 0 }, 8],
  ['a container without one, as Linux tells it', { total: 24 * GB, constrained: 2 ** 64, configured: 0 }, 24],
  ['what the operator says, less', { total: 24 * GB, constrained: 8 * GB, configured: 6 * GB }, 6],
  ['what the operator says, more', { total: 24 * GB, constrained: 0, configured: 64 * GB }, 64],
])('%s', (_, facts, expected) => {
  expect(memoryLimit(facts) / GB).toBe(expected);
});

test('this machine has some, and no more than the operator says', () => {
  expect(machineMemory({ memoryBytes: 0 })).toBeGreaterThan(2 ** 28);
  expect(machineMemory({ memoryBytes: 5 })).toBe(5);
});
