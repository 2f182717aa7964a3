import { expect, onTestFinished, test, vi } from 'vitest';

test.each([
  ['', false],
  ['on', true],
])('with MULTIPLANE_DRILL=%j the drill is offered: %s', async (value, offered) => {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('MULTIPLANE_DRILL', value);
  vi.resetModules();
  const { findPipeline, listPipelines } = await import('./registry.ts');
  expect(findPipeline('drill') !== undefined).toBe(offered);
  expect(listPipelines().some(({ id }) => id === 'drill')).toBe(offered);
});
