import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { openVideo } from '#worker/engines/video/video-file';
import { writeGrey16, writePng } from '#worker/pipelines/raster/png';
import { cropRgba } from '#worker/pipelines/stages/outputs/layer-file';
import { writeLayeredPsd } from '#worker/pipelines/stages/outputs/psd';
import type { Trace, TracedFile } from './trace.ts';

type Video = Extract<TracedFile, { kind: 'video' }>;

/** Encode the pixels of a trace's file again, as the worker does. */
export async function encode(file: TracedFile, folder: string): Promise<void> {
  const target = join(folder, `floor-${file.pixels}`);
  if (file.kind === 'video') return encodeVideo(file, folder, target);
  const { width, height, channels, bits } = file;
  const pixels = await bytesOf(join(folder, file.pixels));
  if (file.kind === 'jpeg') {
    await sharp(pixels, { raw: { width, height, channels } }).jpeg({ quality: 90 }).toFile(target);
  } else if (bits === 16) {
    await writeGrey16(target, new Uint16Array(pixels.buffer, 0, pixels.length / 2), file);
  } else await writePng(target, pixels, file, channels);
}

async function encodeVideo({ width, height, fps, frames, pixels }: Video, folder: string, target: string) {
  const video = await openVideo(target, { format: 'mp4', width, height, fps, stamp: null });
  const source = await open(join(folder, pixels));
  for (let frame = 0; frame < frames; frame++) {
    const rgb = new Uint8Array(width * height * 3);
    await source.read(rgb);
    await video.write({ width, height, rgb });
  }
  await source.close();
  await video.finish();
}

/** The layered document of a trace. */
export async function encodePsd(psd: NonNullable<Trace['psd']>, folder: string): Promise<void> {
  const layers = [];
  for (const { pixels, box } of psd.layers) {
    const rgba = cropRgba(await bytesOf(join(folder, pixels)), psd, box);
    layers.push({ name: pixels, box, rgba });
  }
  await writeLayeredPsd(join(folder, 'floor.psd'), layers, await bytesOf(join(folder, psd.composite)), psd);
}

/** In a buffer of their own, so that it can be read as wider numbers. */
async function bytesOf(path: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(path));
}
