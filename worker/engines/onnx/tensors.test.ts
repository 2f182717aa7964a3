import { expect, test } from 'vitest';
import { byteTensorToRgb, floatTensorToRgb, rgbToByteTensor, rgbToFloatTensor } from './tensors.ts';

const rgb = Uint8Array.of(0, 51, 255, 102, 153, 204);

test('interleaved pixels become one plane a channel, normalised', () => {
  const plain = rgbToFloatTensor(rgb, 2, 1, { scale: 1 / 255 });
  expect(plain.dims).toEqual([1, 3, 1, 2]);
  expect([...(plain.data as Float32Array)].map((value) => value.toFixed(1)).join()).toBe(
    '0.0,0.4,0.2,0.6,1.0,0.8',
  );
  const shifted = rgbToFloatTensor(rgb, 2, 1, { scale: 1, mean: [2, 51, 5], deviation: [2, 1, 10] });
  expect([...(shifted.data as Float32Array)]).toEqual([-1, 50, 0, 102, 25, expect.closeTo(19.9, 4)]);
});

test('bytes come back as they went', () => {
  const tensor = rgbToByteTensor(rgb, 2, 1);
  expect([...(tensor.data as Uint8Array)]).toEqual([0, 102, 51, 153, 255, 204]);
  expect(byteTensorToRgb(tensor)).toEqual(rgb);
});

test('floats come back as the bytes they were made of, and stay within their range', () => {
  expect(floatTensorToRgb(rgbToFloatTensor(rgb, 2, 1, { scale: 1 / 255 }))).toEqual(rgb);
  const bright = rgbToFloatTensor(rgb, 2, 1, { scale: 2 / 255, mean: [0, 1, 0] });
  expect([...floatTensorToRgb(bright)]).toEqual([0, 0, 255, 204, 51, 255]);
});
