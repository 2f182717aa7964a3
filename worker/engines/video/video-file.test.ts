import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drawnPhoto } from '#tests/photos';
import { pixelsOf, psnr } from '#tests/pixels';
import { temporaryFolder } from '#tests/temporary-folder';
import { decodeVideo, startsFast, videoFacts } from '#tests/video';
import type { VideoFormat } from './formats.ts';
import type { RgbFrame } from './picture-filter.ts';
import { openVideo, type VideoSpec } from './video-file.ts';

const COLOURS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [160, 82, 48],
  [16, 20, 30],
  [128, 128, 128],
  [250, 240, 200],
  [255, 255, 255],
] as const;
const SIDE = 64;

/** A row of squares, one of each colour; every frame has them one place further to the left. */
function squares(step = 0): RgbFrame {
  const width = SIDE * COLOURS.length;
  const rgb = new Uint8Array(width * SIDE * 3);
  for (let at = 0; at < width * SIDE; at++) {
    const square = Math.floor((at % width) / SIDE);
    rgb.set(COLOURS[(square + step) % COLOURS.length]!, at * 3);
  }
  return { width, height: SIDE, rgb };
}

async function writeVideo(frames: RgbFrame[], spec: Partial<VideoSpec> & { format: VideoFormat }) {
  const path = join(temporaryFolder(), `video.${spec.format}`);
  const { width, height } = frames[0]!;
  const video = await openVideo(path, { width, height, fps: 24, stamp: null, ...spec });
  for (const frame of frames) await video.write(frame);
  await video.finish();
  return path;
}

const moving = (count: number) => Array.from({ length: count }, (_, step) => squares(step));

/** The largest difference from a row of squares, in the middle of each. */
function worstColour(rgb: ArrayLike<number>, width: number, height: number, channels = 3): number {
  const differences = COLOURS.flatMap((colour, square) => {
    const x = Math.floor(((square + 0.5) * width) / COLOURS.length);
    const at = (Math.floor(height / 2) * width + x) * channels;
    return colour.map((value, channel) => Math.abs(rgb[at + channel]! - value));
  });
  return Math.max(...differences);
}

describe.each([
  ['mp4', 'h264'],
  ['webm', 'av1'],
] as const)('%s', (format, codec) => {
  test('is what every player takes, says what its colours mean and how it was made', async () => {
    const stamp = JSON.stringify({ pipeline: 'i2v', seed: 7, words: 'a “quoted” one = 1; ü' });
    const path = await writeVideo(moving(61), { format, stamp });
    const { keyframes, ...facts } = await videoFacts(path);
    expect(facts).toMatchObject({
      codec,
      pixelFormat: 'yuv420p',
      width: SIDE * COLOURS.length,
      height: SIDE,
      colours: { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', range: 'tv' },
      frameCount: 61,
      durationSeconds: expect.closeTo(61 / 24, 2),
      fps: expect.closeTo(24, 5),
      comment: stamp,
    });
    expect(keyframes[0]).toBe(0);
    expect(keyframes.at(-1)).toBeGreaterThan(61 - 2 * 24);
  });

  test('shows the colours that it was given', async () => {
    const frames = await decodeVideo(await writeVideo(moving(3), { format }));
    expect(frames).toHaveLength(3);
    const [{ rgb, width, height }] = frames as [RgbFrame];
    expect(worstColour(rgb, width, height)).toBeLessThanOrEqual(4);
  });

  test('is made of the same bytes each time', async () => {
    const photo = await pixelsOf((await drawnPhoto(320, 240)).bytes);
    const frames = Array.from({ length: 30 }, (_, step) => ({
      width: 160,
      height: 120,
      rgb: crop(photo.data, photo.width, { left: step * 3, top: step, width: 160, height: 120 }),
    }));
    const first = await readFile(await writeVideo(frames, { format }));
    for (let again = 0; again < 3; again++) {
      expect(first.equals(await readFile(await writeVideo(frames, { format })))).toBe(true);
    }
  });
});

function crop(
  rgb: Uint8Array,
  stride: number,
  box: { left: number; top: number; width: number; height: number },
) {
  const cropped = new Uint8Array(box.width * box.height * 3);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.top + y) * stride + box.left) * 3;
    cropped.set(rgb.subarray(from, from + box.width * 3), y * box.width * 3);
  }
  return cropped;
}

test('an MP4 starts to play before all of it has come, and keeps a photo’s detail', async () => {
  const { data, width, height } = await pixelsOf((await drawnPhoto()).bytes);
  const path = await writeVideo(
    Array.from({ length: 6 }, () => ({ width, height, rgb: data })),
    { format: 'mp4' },
  );
  expect(await startsFast(path)).toBe(true);
  const [first] = await decodeVideo(path);
  expect(psnr(lumaOf(first!.rgb), lumaOf(data))).toBeGreaterThan(42);
  expect(psnr(first!.rgb, data)).toBeGreaterThan(36);
});

function lumaOf(rgb: Uint8Array): Float64Array {
  const weights = [0.2126, 0.7152, 0.0722];
  return Float64Array.from({ length: rgb.length / 3 }, (_, at) =>
    weights.reduce((sum, weight, channel) => sum + weight * rgb[at * 3 + channel]!, 0),
  );
}

test.each([
  ['gif', 480, 12],
  ['webp', 512, 24],
] as const)('%s plays in a circle, as long as the video', async (format, width, fps) => {
  const path = await writeVideo(moving(48), { format });
  const picture = sharp(path, { animated: true });
  const { pages, delay, loop, width: shown } = await picture.metadata();
  expect({ pages, loop, shown }).toEqual({ pages: 2 * fps, loop: 0, shown: width });
  expect(delay!.reduce((sum, milliseconds) => sum + milliseconds)).toBeCloseTo(2000, -2);
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  expect(worstColour(data, info.width, info.height, info.channels)).toBeLessThanOrEqual(8);
});

test('one that is broken off leaves no file', async () => {
  const path = join(temporaryFolder(), 'video.mp4');
  const frame = squares();
  const video = await openVideo(path, { ...frame, format: 'mp4', fps: 24, stamp: null });
  for (let step = 0; step < 20; step++) await video.write(squares(step));
  expect(existsSync(path)).toBe(true);
  await video.abort();
  expect(existsSync(path)).toBe(false);
  await video.abort();
});

test('a place that cannot be written to is an error that does not name it', async () => {
  const path = join(temporaryFolder(), 'nowhere', 'video.mp4');
  const opening = openVideo(path, { ...squares(), format: 'mp4', fps: 24, stamp: null });
  await expect(opening).rejects.toMatchObject({
    code: 'internal',
    message: expect.not.stringContaining('nowhere'),
  });
});

test.skipIf(!existsSync('/dev/full'))('a full disk is told as that', async () => {
  const path = join(temporaryFolder(), 'video.mp4');
  await symlink('/dev/full', path);
  const filling = async () => {
    const video = await openVideo(path, { ...squares(), format: 'mp4', fps: 24, stamp: null });
    try {
      for (const frame of moving(60)) await video.write(frame);
      await video.finish();
    } finally {
      await video.abort();
    }
  };
  await expect(filling()).rejects.toMatchObject({ code: 'storage_full' });
});
