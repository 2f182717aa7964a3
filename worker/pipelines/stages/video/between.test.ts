import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import { hasSharedPhotos, sharedPhotos } from '#tests/photos';
import { psnr } from '#tests/pixels';
import { runPipeline } from '#tests/run-pipeline';
import { temporaryFolder } from '#tests/temporary-folder';
import { decodeVideo, videoFacts } from '#tests/video';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import { lightness } from '#worker/pipelines/raster/colour';
import type { Picture } from '#worker/pipelines/raster/size';
import { decodePhoto } from '../photo.ts';

const { weightsDir } = readSettings(process.env);
const hasWeights = isPresent(weightsDir, findModel('rife')!);
const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 2 });
afterAll(() => sessions.release());

/** What is cut from the photos: the video shows it twice as large. */
const CUT = { width: 180, height: 120 };
const SHIFT = 20;

/** A cut of a photo beside the repository, `left` pixels from its edge. */
async function cut(name: string, left: number): Promise<string> {
  const photo = (await sharedPhotos()).find((candidate) => candidate.name === name)!;
  const path = join(temporaryFolder(), `${left}.png`);
  await sharp(photo.bytes)
    .extract({ left, top: 100, ...CUT })
    .toFile(path);
  return path;
}

async function videoBetween(image: string, endImage: string, params: Record<string, unknown> = {}) {
  const folder = temporaryFolder();
  const { warnings, written } = await runPipeline('i2v', {
    images: { image, end_image: endImage },
    params: { duration_seconds: 2, fps: 12, resolution: '480p', ...params },
    model: 'rife',
    sessions,
    folder,
  });
  const { path } = written.get('video.mp4')!;
  const [start, end] = await Promise.all(
    ['start.png', 'end.png'].map((name) => decodePhoto(written.get(name)!.path)),
  );
  return { warnings, path, frames: await decodeVideo(path), start: start!, end: end! };
}

function lumaOf({ rgb }: Picture): number[] {
  return Array.from({ length: rgb.length / 3 }, (_, index) => lightness(rgb, index) * 255);
}

/** How far to the left, in pixels, the start image has to move to look most like a frame. */
function shiftOf(frame: Picture, start: Picture): number {
  const differences = Array.from({ length: 2 * SHIFT + 4 }, (_, shift) => differenceAt(shift, frame, start));
  return differences.indexOf(Math.min(...differences));
}

function differenceAt(shift: number, { rgb, width, height }: Picture, start: Picture): number {
  let sum = 0;
  for (let y = 0; y < height; y += 4) {
    for (let x = 0; x < width - 60; x += 2) {
      const at = y * width + x;
      sum += Math.abs(lightness(rgb, at) - lightness(start.rgb, at + shift));
    }
  }
  return sum;
}

describe.skipIf(!hasWeights || !hasSharedPhotos)('frames in between (needs RIFE, and photos)', () => {
  test('a photo moves steadily from the start image to the end image', async () => {
    const images = [
      await cut('skimage_coffee.png', 100),
      await cut('skimage_coffee.png', 100 + SHIFT),
    ] as const;
    const { warnings, path, frames, start, end } = await videoBetween(...images);
    expect(warnings).toEqual([]);
    const facts = await videoFacts(path);
    expect(facts).toMatchObject({ width: 360, height: 240, frameCount: 24, durationSeconds: 2, fps: 12 });
    expect(psnr(lumaOf(frames[0]!), lumaOf(start))).toBeGreaterThan(35);
    expect(psnr(lumaOf(frames.at(-1)!), lumaOf(end))).toBeGreaterThan(35);
    const shifts = frames.map((frame) => shiftOf(frame, start));
    expect([shifts[0], shifts.at(-1)]).toEqual([0, 2 * SHIFT]);
    for (const [index, shift] of shifts.entries()) {
      expect(Math.abs(shift - (2 * SHIFT * index) / 23)).toBeLessThan(1.6);
      expect(shift).toBeGreaterThanOrEqual(shifts[index - 1] ?? 0);
    }
  });

  test('photos of different things fade into each other, and that is said', async () => {
    const images = [await cut('skimage_coffee.png', 100), await cut('skimage_astronaut.png', 100)] as const;
    const { warnings, frames, start, end } = await videoBetween(...images, { loop: true });
    expect(warnings).toEqual([expect.stringContaining('too different')]);
    expect(frames).toHaveLength(24);
    expect(psnr(lumaOf(frames[0]!), lumaOf(start))).toBeGreaterThan(35);
    expect(psnr(lumaOf(frames[12]!), lumaOf(end))).toBeGreaterThan(35);
    const [first, last] = [lumaOf(start), lumaOf(end)];
    const half = first.map((value, at) => (value + last[at]!) / 2);
    expect(psnr(lumaOf(frames[6]!), half)).toBeGreaterThan(35);
    expect(psnr(lumaOf(frames[18]!), half)).toBeGreaterThan(35);
  });
});
