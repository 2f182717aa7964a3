import { expect, onTestFinished, test, vi } from 'vitest';
import { listPipelines } from './registry.ts';

test.each(listPipelines().filter(({ id }) => id !== 'drill'))(
  '$id lets its caller say whether the files carry what made them, and they do otherwise',
  ({ params }) => {
    expect(params.shape['embed_metadata']?.parse(undefined)).toBe(true);
  },
);

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
