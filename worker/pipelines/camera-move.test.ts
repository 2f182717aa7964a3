import '#tests/typescript-children';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import { drawnPhoto, hasSharedPhotos, sharedPhotos } from '#tests/photos';
import { psnr } from '#tests/pixels';
import { runPipeline } from '#tests/run-pipeline';
import { temporaryFolder } from '#tests/temporary-folder';
import { decodeVideo, videoFacts } from '#tests/video';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import { decodePhoto } from './stages/photo.ts';

const { weightsDir } = readSettings(process.env);
const hasWeights = ['fastdepth', 'u2netp', 'migan'].every((id) => isPresent(weightsDir, findModel(id)!));
const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 2 });
const model = 'camera-move';

afterAll(() => sessions.release());

function stopAtThirdFrame(stage: string, step: number): void {
  if (stage === 'render' && step === 3) throw new AppError('cancelled', 'The job was cancelled.');
}

/** The cat where it is there, and else a drawn one; small, so that it does not take long. */
async function photoFile(folder: string): Promise<string> {
  const photos = hasSharedPhotos ? await sharedPhotos() : [];
  const photo = photos.find(({ name }) => name.includes('chelsea')) ?? (await drawnPhoto(300, 200));
  const path = join(folder, 'photo.png');
  await sharp(photo.bytes).resize(240).png().toFile(path);
  return path;
}

describe.skipIf(!hasWeights)('a camera that moves through a photo (needs the embedded weights)', () => {
  test('makes a video that begins with the photo and moves away from it with every frame', async () => {
    const folder = temporaryFolder();
    const params = { move: 'push-in', resolution: '480p', duration_seconds: 2, fps: 12, amount: 0.6 };
    const images = { image: await photoFile(folder) };
    const { written, warnings } = await runPipeline('i2v', { images, params, model, sessions, folder });
    const video = written.get('video.mp4')!;
    const photo = await decodePhoto(written.get('start.png')!.path);
    expect(video).toMatchObject({ role: 'result', width: photo.width, height: photo.height });
    expect(await videoFacts(video.path)).toMatchObject({ frameCount: 24, durationSeconds: 2, fps: 12 });
    const frames = await decodeVideo(video.path);
    const likeness = frames.map(({ rgb }) => psnr(rgb, photo.rgb));
    expect(likeness[0]).toBeGreaterThanOrEqual(35);
    // At rest at both ends; the encoder's own noise is a few tenths of a decibel.
    expect(likeness.slice(1).every((value, i) => value < likeness[i]! + 0.3)).toBe(true);
    expect(likeness.at(-1)).toBeLessThan(likeness[0]! - 10);
    expect(warnings).toEqual([]);
  });

  test('stops between two frames, and leaves no half a video', async () => {
    const folder = temporaryFolder();
    const photo = await drawnPhoto(160, 120);
    const image = join(folder, photo.name);
    await writeFile(image, photo.bytes);
    const params = { prompt: 'slow orbit, handheld, loop', resolution: '480p', fps: 12 };
    const request = { images: { image }, params, model, sessions, folder, onStep: stopAtThirdFrame };
    await expect(runPipeline('ti2v', request)).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(join(folder, 'render', 'poster.jpg'))).toBe(true);
    expect(existsSync(join(folder, 'render', 'video.mp4'))).toBe(false);
  });
});
