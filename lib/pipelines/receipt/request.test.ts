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

test('what an older version asked for is asked for word by word, without what came since', () => {
  const params = {
    move: 'orbit',
    amount: 0.5,
    duration_seconds: 2,
    fps: 24,
    resolution: '480p',
    extra_format: 'none',
    loop: false,
    seed: 42,
    embed_metadata: true,
  };
  const receipt = sampleReceipt({ pipeline: 'i2v', model: 'camera-move', params });
  // The files carry it in this order.
  expect(JSON.stringify(requestOf(receipt).params)).toBe(JSON.stringify(params));
});

test.each([
  [{ pipeline: 'sculpture' }, 'no pipeline “sculpture”'],
  [{ params: { num_layers: 99 } }, 'cannot do'],
  [{ params: { num_layers: 2, colour: 'red' } }, 'cannot do'],
  [{ device: { provider: 'abacus', platform: 'linux', arch: 'x64' } }, 'cannot do'],
])('%j is refused', (parts, told) => {
  expect(() => requestOf(sampleReceipt(parts))).toThrow(told);
});
