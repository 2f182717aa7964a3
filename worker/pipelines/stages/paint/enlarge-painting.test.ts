import { expect, test } from 'vitest';
import { join } from 'node:path';
import { temporaryFolder } from '#tests/temporary-folder';
import type { Picture } from '#worker/pipelines/raster/size';
import { decodePhoto, shrinkPhoto } from '../photo.ts';
import { enlargePainting } from './enlarge-painting.ts';

const SIZE = { width: 200, height: 600 };
const SMALL = { width: 50, height: 150 };

/** Grey 60 on the left and 190 on the right, under a fine grain of 10 up and down. */
function grainyHalves(): Picture {
  const rgb = Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, at) => {
    const i = Math.floor(at / 3);
    const x = i % SIZE.width;
    const grain = (x + Math.floor(i / SIZE.width)) % 2 === 0 ? 10 : -10;
    return (x < 100 ? 60 : 190) + grain;
  });
  return { ...SIZE, rgb };
}

/** Painting made everything redder by 20. */
async function enlarge(photo: Picture, strength: number): Promise<Picture> {
  const small = await shrinkPhoto(photo, SMALL);
  const painted = {
    ...SMALL,
    rgb: small.rgb.map((value, at) => (at % 3 === 0 ? value + 20 * strength : value)),
  };
  const path = join(temporaryFolder(), 'painted.png');
  await (await enlargePainting({ photo, small, painted, strength }, () => undefined)).write(path, null);
  return decodePhoto(path);
}

test('what was painted comes on top, fine grain goes, and outlines stay where and as sharp as they are', async () => {
  const { width, height, rgb } = await enlarge(grainyHalves(), 1);
  expect({ width, height }).toEqual(SIZE);
  for (const y of [0, 255, 256, 599]) {
    for (const [x, value] of [
      [20, 60],
      [98, 60],
      [101, 190],
      [180, 190],
    ] as const) {
      const [red, green] = rgb.subarray((y * width + x) * 3);
      expect(Math.abs(green! - value), `${x} ${y}`).toBeLessThan(6);
      expect(red! - green!).toBe(20);
    }
  }
});

test('without strength the photo is as it was', async () => {
  const photo = grainyHalves();
  expect((await enlarge(photo, 0)).rgb).toEqual(photo.rgb);
});
