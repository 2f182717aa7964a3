import { expect, test } from 'vitest';
import { providerFor } from './placement.ts';

const GB = 2 ** 30;
const transformer = { memoryBytes: 30 * GB };
const vae = { memoryBytes: 4 * GB };

test.each([
  ['a device whose memory is not known is taken for large enough', transformer, {}, 'cuda'],
  ['what fits goes onto the device', transformer, { deviceMemoryBytes: 40 * GB }, 'cuda'],
  ['what does not fit stays with the processor', transformer, { deviceMemoryBytes: 24 * GB }, 'cpu'],
  ['each network by itself', vae, { deviceMemoryBytes: 24 * GB }, 'cuda'],
  ['a network whose need is not known goes onto the device', {}, { deviceMemoryBytes: 1 }, 'cuda'],
])('%s', (_, network, means, expected) => {
  expect(providerFor('wan2.1-t2v-14b', network, { provider: 'cuda', ...means })).toBe(expected);
});

test('a model that a provider cannot run has the processor', () => {
  expect(providerFor('migan', {}, { provider: 'webgpu' })).toBe('cpu');
  expect(providerFor('migan', {}, { provider: 'cuda' })).toBe('cuda');
});
