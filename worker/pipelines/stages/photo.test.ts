import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { decodePhoto } from './photo.ts';

const red = (): Sharp => sharp({ create: { width: 6, height: 4, channels: 3, background: '#c82814' } });

async function firstPixel(picture: Sharp, name: string) {
  const path = join(temporaryFolder(), name);
  await picture.toFile(path);
  const { width, height, rgb } = await decodePhoto(path);
  return { width, height, length: rgb.length, pixel: [...rgb.subarray(0, 3)] };
}

test('16-bit, grey and CMYK pictures become three channels of eight bits', async () => {
  const deep = await firstPixel(red().toColourspace('rgb16').png(), 'deep.png');
  expect(deep).toEqual({ width: 6, height: 4, length: 72, pixel: [200, 40, 20] });
  const grey = await firstPixel(red().toColourspace('b-w').png(), 'grey.png');
  expect(grey.length).toBe(72);
  expect(new Set(grey.pixel).size).toBe(1);
  expect((await firstPixel(red().toColourspace('cmyk').jpeg(), 'ink.jpg')).length).toBe(72);
});

test('what is transparent lies on white', async () => {
  const clear = sharp({
    create: { width: 6, height: 4, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
  });
  expect((await firstPixel(clear.png(), 'clear.png')).pixel).toEqual([255, 255, 255]);
});

test('a picture can be fitted into a size', async () => {
  const path = join(temporaryFolder(), 'fit.png');
  await red().png().toFile(path);
  const { width, height, rgb } = await decodePhoto(path, { width: 3, height: 8 });
  expect([width, height, rgb.length]).toEqual([3, 8, 72]);
});
