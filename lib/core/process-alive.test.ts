import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { isProcessAlive } from './process-alive.ts';

test('tells a living process from one that has ended', () => {
  expect(isProcessAlive(process.ppid)).toBe(true);
  expect(isProcessAlive(spawnSync(process.execPath, ['--version']).pid)).toBe(false);
});

test.each([0, -1, Number.NaN, 1.5])('%d is no process', (pid) => {
  expect(isProcessAlive(pid)).toBe(false);
});
