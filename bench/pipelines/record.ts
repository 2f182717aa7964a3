import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { type PipelineResult, runPipeline } from '#tests/run-pipeline';
import { decodeVideo } from '#tests/video';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import type { InputImage } from '#worker/pipelines/run';
import { extentOf } from '#worker/pipelines/stages/outputs/layer-file';
import type { Case } from './cases.ts';
import { recordingSessions } from './recording.ts';
import { type Trace, TRACE_FILE, type TracedFile, type TracedLayer } from './trace.ts';

const STILLS: ReadonlySet<string> = new Set(['image/png', 'image/jpeg']);

/** Run a case once, and keep in `folder` what its floor has to do. Gives the folders of its stages, by their names. */
export async function record(
  { pipeline, model, params }: Case,
  inputs: Record<string, InputImage>,
  folder: string,
  weightsDir: string,
): Promise<(stage: string, name: string) => string> {
  const stages = join(folder, 'stages');
  await mkdir(stages, { recursive: true });
  const cache = createSessionCache({ provider: 'cpu', weightsDir, threads: availableParallelism() });
  const { sessions, networks } = recordingSessions(cache, folder);
  const images = Object.fromEntries(Object.entries(inputs).map(([role, { path }]) => [role, path]));
  const result = await runPipeline(pipeline.id, { images, params, model, sessions, folder: stages });
  await cache.release();
  const { files, psd } = await traceFiles(result, folder, Number(params['fps']));
  const trace: Trace = { pictures: Object.values(images), networks, files, psd };
  await writeFile(join(folder, TRACE_FILE), JSON.stringify(trace));
  return (stage, name) => join(stages, stage, name);
}

/** Decode everything that was written for a person to have. */
async function traceFiles({ written }: PipelineResult, folder: string, fps: number) {
  const files: TracedFile[] = [];
  const layers: TracedLayer[] = [];
  let composite: TracedFile | undefined;
  for (const { name, role, contentType, path } of written.values()) {
    const pixels = `${name}.raw`;
    if (role !== null && contentType === 'video/mp4')
      files.push(await traceVideo(path, { folder, pixels, fps }));
    if (role === null || !STILLS.has(contentType)) continue;
    const file = await traceStill(path, folder, pixels);
    files.push(file);
    if (role === 'result') composite = file;
    if (role === 'layer')
      layers.push({ pixels, box: extentOf(await readFile(join(folder, pixels)), file).box });
  }
  const { width, height } = composite ?? { width: 0, height: 0 };
  const psd = composite && layers.length > 0 ? { width, height, composite: composite.pixels, layers } : null;
  return { files, psd };
}

async function traceVideo(
  path: string,
  { folder, pixels, fps }: { folder: string; pixels: string; fps: number },
): Promise<TracedFile> {
  const frames = await decodeVideo(path);
  for (const { rgb } of frames) await appendFile(join(folder, pixels), rgb);
  const { width, height } = frames[0]!;
  return { kind: 'video', width, height, pixels, fps, frames: frames.length };
}

async function traceStill(path: string, folder: string, pixels: string): Promise<TracedFile> {
  const picture = sharp(path, { limitInputPixels: false });
  const { format, depth, channels } = await picture.metadata();
  const bits = depth === 'ushort' ? 16 : 8;
  if (channels === 1) picture.toColourspace(bits === 16 ? 'grey16' : 'b-w');
  const raw = picture.raw({ depth: bits === 16 ? 'ushort' : 'uchar' });
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  await writeFile(join(folder, pixels), data);
  const kind = format === 'jpeg' ? 'jpeg' : 'png';
  return { kind, width: info.width, height: info.height, channels: channels as 1 | 3 | 4, bits, pixels };
}
