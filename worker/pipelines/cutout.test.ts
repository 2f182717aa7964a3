import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import { handMask, type OutlinedPhoto } from '#tests/cutouts/hand-masks';
import { edgeError, type Mask, outlineAgreement, overlap } from '#tests/cutouts/measures';
import { runPipeline } from '#tests/run-pipeline';
import { temporaryFolder } from '#tests/temporary-folder';
import { createSessionCache } from '#worker/engines/onnx/sessions';

const PHOTOS = resolve('../shared/fixtures/photos');
const { weightsDir } = readSettings(process.env);
const has = (id: string) => isPresent(weightsDir, findModel(id)!);
const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 2 });

afterAll(() => sessions.release());

async function cutOut(image: string, model: string) {
  const result = await runPipeline('cutout', {
    images: { image },
    model,
    sessions,
    folder: temporaryFolder(),
  });
  const mask = await sharp(await result.read('mask.png'))
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    ...result,
    mask: { width: mask.info.width, height: mask.info.height, data: mask.data } satisfies Mask,
  };
}

/** How far an outline drawn by hand may be off, as a share of the diagonal: what the boundary F-measure's authors allow. */
const HAND = 0.008;

interface Outlined {
  photo: OutlinedPhoto;
  model: string;
  /** Intersection over union. */
  overlaps: number;
  /** Mean difference (0..255) within ten pixels of the outline. */
  error: number;
  /** Boundary F-measure. */
  outline: number;
}

const outlined: Outlined[] = [
  // Most of the head's outline lies on the cat's own body.
  { photo: 'skimage_chelsea.png', model: 'u2netp', overlaps: 0.93, error: 65, outline: 0.5 },
  { photo: 'skimage_coffee.png', model: 'u2netp', overlaps: 0.97, error: 28, outline: 0.9 },
  { photo: 'skimage_astronaut.png', model: 'u2netp', overlaps: 0.94, error: 48, outline: 0.8 },
  { photo: 'skimage_astronaut.png', model: 'modnet', overlaps: 0.965, error: 34, outline: 0.88 },
];

describe.skipIf(!has('u2netp') || !has('modnet') || !existsSync(PHOTOS))(
  'cutouts beside masks made by hand (needs weights and the shared photos)',
  () => {
    test.each(outlined)('$photo by $model', async ({ photo, model, ...wanted }) => {
      const { mask, warnings } = await cutOut(join(PHOTOS, photo), model);
      const truth = await handMask(photo, mask.width, mask.height);
      expect(overlap(mask, truth)).toBeGreaterThan(wanted.overlaps);
      expect(edgeError(mask, truth, 10)).toBeLessThan(wanted.error);
      const tolerance = HAND * Math.hypot(mask.width, mask.height);
      expect(outlineAgreement(mask, truth, tolerance)).toBeGreaterThan(wanted.outline);
      expect(warnings).toEqual([]);
    });
  },
);

describe.skipIf(!has('u2netp'))('cutout (needs the embedded weights)', () => {
  test('gives the subject with straight alpha and an 8-bit mask, of the photo’s size', async () => {
    const { mask, read, previews } = await cutOut(await drawDisc(), 'auto');
    const cutout = await sharp(await read('cutout.png')).metadata();
    expect(cutout).toMatchObject({ width: 300, height: 240, channels: 4, depth: 'uchar', hasAlpha: true });
    const grey = await sharp(await read('mask.png')).metadata();
    expect(grey).toMatchObject({ width: 300, height: 240, channels: 1, depth: 'uchar' });
    const alpha = await sharp(await read('cutout.png'))
      .extractChannel('alpha')
      .raw()
      .toBuffer();
    expect(Buffer.compare(alpha, mask.data)).toBe(0);
    const disc = await svg('<rect width="300" height="240"/><circle cx="150" cy="120" r="70" fill="#fff"/>')
      .flatten()
      .extractChannel(0)
      .raw()
      .toBuffer();
    expect(overlap(mask, { ...mask, data: disc })).toBeGreaterThan(0.98);
    expect(previews).toHaveLength(1);
  });

  test('what the photo leaves transparent stays so', async () => {
    const veil = await svg('<rect width="150" height="240"/>').png().toBuffer();
    const image = join(temporaryFolder(), 'half.png');
    await sharp(await drawDisc())
      .ensureAlpha()
      .composite([{ input: veil, blend: 'dest-out' }])
      .toFile(image);
    const { mask } = await cutOut(image, 'auto');
    const row = 120 * mask.width;
    expect([100, 140, 200].map((x) => mask.data[row + x])).toEqual([0, 0, 255]);
  });

  test('a photo of nothing gives a result, and a warning', async () => {
    const image = join(temporaryFolder(), 'nothing.png');
    await sharp({ create: { width: 200, height: 150, channels: 3, background: '#9ab' } }).toFile(image);
    const { warnings, written } = await cutOut(image, 'auto');
    expect(warnings).toEqual([expect.stringContaining('Nothing stands out')]);
    expect(written.has('cutout.png')).toBe(true);
  });
});

function svg(inner: string) {
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="240">${inner}</svg>`),
  );
}

/** A round thing on blue. */
async function drawDisc(): Promise<string> {
  const path = join(temporaryFolder(), 'disc.png');
  await svg(
    `<rect width="300" height="240" fill="#2050a0"/><circle cx="150" cy="120" r="70" fill="#e8d8c0"/>
    <circle cx="150" cy="120" r="30" fill="#c05030"/>`,
  )
    .flatten()
    .toFile(path);
  return path;
}
