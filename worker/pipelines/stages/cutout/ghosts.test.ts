import { expect, test } from 'vitest';
import { dropGhosts } from './ghosts.ts';

test('a faint patch by itself goes, a faint edge of something solid stays', () => {
  const row = [0.3, 0.4, 0, 0.3, 0.9, 1, 0.2, 0, 0.1, 0];
  const { data } = dropGhosts({ width: 10, height: 1, data: Float32Array.from(row) });
  expect(data).toEqual(Float32Array.from([0, 0, 0, 0.3, 0.9, 1, 0.2, 0, 0, 0]));
});
