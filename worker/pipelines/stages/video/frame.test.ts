import { expect, test } from 'vitest';
import { frameSize } from './frame.ts';

test('a picture is fitted into the box of its resolution, lying or standing', () => {
  expect(frameSize({ width: 4096, height: 2304 }, '720p')).toEqual({ width: 1280, height: 720 });
  expect(frameSize({ width: 3000, height: 4000 }, '1080p')).toEqual({ width: 1080, height: 1440 });
  expect(frameSize({ width: 600, height: 400 }, '480p')).toEqual({ width: 720, height: 480 });
  expect(frameSize({ width: 2000, height: 2000 }, '480p')).toEqual({ width: 480, height: 480 });
});

test('a small picture is enlarged to twice its size at most', () => {
  expect(frameSize({ width: 100, height: 64 }, '720p')).toEqual({ width: 200, height: 128 });
});

test('sides are even and stay within the box, whatever the shape', () => {
  for (let width = 64; width <= 4096; width += 37) {
    const size = frameSize({ width, height: 1001 }, '480p');
    expect([size.width % 2, size.height % 2]).toEqual([0, 0]);
    expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(854);
    expect(Math.min(size.width, size.height)).toBeLessThanOrEqual(480);
  }
  expect(frameSize({ width: 4096, height: 64 }, '480p')).toEqual({ width: 854, height: 14 });
});
