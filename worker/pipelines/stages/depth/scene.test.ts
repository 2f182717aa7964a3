import { expect, test } from 'vitest';
import { joinLayout } from './scene.ts';

test('what is lower in the picture is nearer, and the network has its say', () => {
  const nearness = { width: 2, height: 3, data: Float32Array.of(0, 1, 0, 1, 0, 1) };
  const { data } = joinLayout(nearness, 'indoors');
  expect([...data]).toEqual([0, 0.5, 0.25, 0.75, 0.5, 1]);
});
