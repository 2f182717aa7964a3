import { expect, test } from 'vitest';
import { sampleReceipt } from '#tests/receipts';
import { requestOf } from './request.ts';

test('the same is asked for again', () => {
  const { pipeline, params, provider } = requestOf(sampleReceipt());
  expect([pipeline.id, params, provider]).toEqual([
    'photo-realistic',
    { num_layers: 2, embed_metadata: true },
    'cpu',
  ]);
});

test.each([
  [{ pipeline: 'sculpture' }, 'no pipeline “sculpture”'],
  [{ params: { num_layers: 99 } }, 'cannot do'],
  [{ params: { num_layers: 2, colour: 'red' } }, 'cannot do'],
  [{ device: { provider: 'abacus', platform: 'linux', arch: 'x64' } }, 'cannot do'],
])('%j is refused', (parts, told) => {
  expect(() => requestOf(sampleReceipt(parts))).toThrow(told);
});
