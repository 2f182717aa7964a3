import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { AppError } from '#lib/core/errors';
import { drawnPhoto } from '#tests/photos';
import { pixelsOf, psnr } from '#tests/pixels';
import { temporaryFolder } from '#tests/temporary-folder';
import { decodeVideo, videoFacts } from '#tests/video';
import type { Picture } from '#worker/pipelines/raster/size';
import type { StageContext } from '#worker/pipelines/run';
import { film, type FilmSpec } from './film.ts';

const SPEC: FilmSpec = { width: 160, height: 90, fps: 12, frameCount: 36, extraFormat: 'none' };

/** A photo that gets darker from frame to frame. */
async function* fading(frameCount: number): AsyncGenerator<Picture> {
  const photo = await pixelsOf((await drawnPhoto(SPEC.width, SPEC.height)).bytes);
  for (let index = 0; index < frameCount; index++) {
    const rgb = photo.data.map((value) => value * (1 - index / (2 * frameCount)));
    yield { width: photo.width, height: photo.height, rgb };
  }
}

function stage(outDir: string, progress: StageContext['progress'] = () => undefined) {
  const previews: Picture[] = [];
  const preview = (picture: Picture) => void previews.push(picture);
  return {
    context: { outDir, progress, preview, stamp: 'made by a test' } as unknown as StageContext,
    previews,
  };
}

test('a film is a video, its first frame as a poster, a contact sheet and the format asked for', async () => {
  const outDir = temporaryFolder();
  const steps: [number, number][] = [];
  const { context, previews } = stage(outDir, (step, count) => void steps.push([step, count]));
  const written = await film(context, fading(36), { ...SPEC, extraFormat: 'webm' });
  expect(written).toEqual([
    { name: 'video.mp4', role: 'result', contentType: 'video/mp4', width: 160, height: 90 },
    { name: 'video.webm', role: 'video', contentType: 'video/webm', width: 160, height: 90 },
    { name: 'poster.jpg', role: 'poster', contentType: 'image/jpeg', width: 160, height: 90 },
    { name: 'contact_sheet.jpg', role: 'contact-sheet', contentType: 'image/jpeg', width: 658, height: 186 },
  ]);
  expect((await readdir(outDir)).sort()).toEqual(written.map(({ name }) => name).sort());
  expect(steps).toEqual(Array.from({ length: 36 }, (_, index) => [index + 1, 36]));
  expect(previews).toHaveLength(36);
  for (const name of ['video.mp4', 'video.webm']) {
    expect(await videoFacts(join(outDir, name))).toMatchObject({
      frameCount: 36,
      durationSeconds: 3,
      fps: 12,
    });
  }
});

test('the poster is the first frame, and the contact sheet goes from the first to the last', async () => {
  const outDir = temporaryFolder();
  await film(stage(outDir).context, fading(36), SPEC);
  const frames = await decodeVideo(join(outDir, 'video.mp4'));
  const poster = await sharp(join(outDir, 'poster.jpg')).raw().toBuffer();
  expect(psnr(poster, frames[0]!.rgb)).toBeGreaterThan(33);
  const sheet = join(outDir, 'contact_sheet.jpg');
  for (const [place, frame] of [0, 5, 10, 15, 20, 25, 30, 35].entries()) {
    const tile = { left: (place % 4) * 166, top: place < 4 ? 0 : 96, width: 160, height: 90 };
    const shown = await sharp(sheet).extract(tile).raw().toBuffer();
    expect(psnr(shown, frames[frame]!.rgb)).toBeGreaterThan(33);
  }
});

test('a film that is cancelled leaves no video, and asks for no more frames', async () => {
  const outDir = temporaryFolder();
  let asked = 0;
  let ended = false;
  const frames = async function* () {
    try {
      for await (const frame of fading(36)) {
        asked++;
        yield frame;
      }
    } finally {
      ended = true;
    }
  };
  const { context } = stage(outDir, (step) => {
    if (step === 10) throw new AppError('cancelled', 'Cancelled.');
  });
  const filming = film(context, frames(), { ...SPEC, extraFormat: 'gif' });
  await expect(filming).rejects.toMatchObject({ code: 'cancelled' });
  expect({ asked, ended }).toEqual({ asked: 10, ended: true });
  expect(await readdir(outDir)).toEqual(['poster.jpg']);
});

test('a film of too few frames is none', async () => {
  const outDir = temporaryFolder();
  const filming = film(stage(outDir).context, fading(35), SPEC);
  await expect(filming).rejects.toMatchObject({ code: 'internal' });
  expect(await readdir(outDir)).toEqual(['poster.jpg']);
});
