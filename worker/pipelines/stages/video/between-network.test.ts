import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import { hasSharedPhotos, sharedPhotos } from '#tests/photos';
import { pixelsOf, psnr } from '#tests/pixels';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import type { Picture } from '#worker/pipelines/raster/size';
import { agreementOf } from './between-agreement.ts';
import { meetHalfWay, motionBetween } from './between-network.ts';

const { weightsDir } = readSettings(process.env);
const hasWeights = isPresent(weightsDir, findModel('rife')!);
const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 2 });
afterAll(() => sessions.release());

/** A cut of a photo, 3:2, `left` pixels from its edge; shown `scale` times as large. */
async function cut(name: string, left: number, scale: number): Promise<Picture> {
  const { bytes } = (await sharedPhotos()).find((photo) => photo.name === name)!;
  const part = await sharp(bytes).extract({ left, top: 60, width: 348, height: 232 }).png().toBuffer();
  const { data, width, height } = await pixelsOf(
    await sharp(part)
      .resize(348 * scale)
      .toBuffer(),
  );
  return { width, height, rgb: data };
}

describe.skipIf(!hasWeights || !hasSharedPhotos)('RIFE, as converted (needs it, and photos)', () => {
  // The larger one is looked through for motion at half its size.
  test.each([1, 2])(
    'half way between a photo and a shifted one lies the half shifted one (x%i)',
    async (scale) => {
      const [start, half, end] = await Promise.all(
        [100, 112, 124].map((left) => cut('skimage_coffee.png', left, scale)),
      );
      const motion = motionBetween(await sessions.open('rife'), start!, end!);
      const { rgb, width, height } = motion.show(await motion.between(motion.first, motion.last, 0.5));
      expect({ width, height }).toEqual({ width: 348 * scale, height: 232 * scale });
      expect(psnr(rgb, half!.rgb)).toBeGreaterThan(32);
      expect(psnr(motion.show(motion.first).rgb, start!.rgb)).toBe(Infinity);
    },
  );

  test('two views of one thing meet half way, views of two things do not', async () => {
    const session = await sessions.open('rife');
    const coffee = await cut('skimage_coffee.png', 40, 1);
    const meeting = async (end: Picture) =>
      agreementOf(...(await meetHalfWay(session, motionBetween(session, coffee, end))));
    expect(await meeting(await cut('skimage_coffee.png', 100, 1))).toBeGreaterThan(0.8);
    expect(await meeting(await cut('skimage_astronaut.png', 100, 1))).toBeLessThan(0.4);
    expect(await meeting(await cut('skimage_chelsea.png', 50, 1))).toBeLessThan(0.4);
  });
});
