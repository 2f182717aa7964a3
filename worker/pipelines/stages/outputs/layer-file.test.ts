import { expect, test } from 'vitest';
import { cropRgba, extentOf, layerFile } from './layer-file.ts';

test('layers are named far to near', () => {
  expect([1, 2, 3].map((k) => layerFile(k, 3))).toEqual([
    'Layer_1_background.png',
    'Layer_2_midground.png',
    'Layer_3_foreground.png',
  ]);
  expect(layerFile(2, 2)).toBe('Layer_2_foreground.png');
});

test('the extent is the box around what shows, and its mean opacity', () => {
  const size = { width: 4, height: 3 };
  const rgba = new Uint8Array(48);
  rgba[(1 * 4 + 1) * 4 + 3] = 255;
  rgba[(2 * 4 + 2) * 4 + 3] = 51;
  rgba[(2 * 4 + 2) * 4] = 9;
  const { box, coverage } = extentOf(rgba, size);
  expect(box).toEqual({ left: 1, top: 1, width: 2, height: 2 });
  expect(coverage).toBeCloseTo(1.2 / 12);
  expect([...cropRgba(rgba, size, box).subarray(12)]).toEqual([9, 0, 0, 51]);
});

test('an empty layer has an empty box', () => {
  const { box, coverage } = extentOf(new Uint8Array(16), { width: 2, height: 2 });
  expect(box).toEqual({ left: 0, top: 0, width: 0, height: 0 });
  expect(coverage).toBe(0);
});
