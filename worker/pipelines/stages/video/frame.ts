import { join } from 'node:path';
import { RESOLUTIONS, type Resolution } from '#lib/pipelines/params/video';
import { writePng } from '#worker/pipelines/raster/png';
import type { Size } from '#worker/pipelines/raster/size';
import type { InputImage, StageContext, WrittenFile } from '#worker/pipelines/run';
import { decodePhoto } from '../photo.ts';

export const START_FRAME_FILE = 'start.png';
export const END_FRAME_FILE = 'end.png';

/** How often over a picture may be enlarged: beyond twice its own size more pixels only cost time. */
const MOST_ENLARGED = 2;

/**
 * The pictures of a video at the size of its frames. Writes `start.png`, and `end.png` where there is an end image, RGB
 * of the same even sides.
 */
export async function fitFrames({ inputs, params, outDir, progress }: StageContext): Promise<WrittenFile[]> {
  const { image, end_image: endImage } = inputs;
  const size = frameSize(image!, params['resolution'] as Resolution);
  const written = [await writeFrame(image!, size, outDir, START_FRAME_FILE)];
  // Its aspect ratio is the start image's to 2%, see the review of submissions: too little to be seen as stretched.
  if (endImage) written.push(await writeFrame(endImage, size, outDir, END_FRAME_FILE));
  progress(1, 1);
  return written;
}

/**
 * Size of a video's frames: the largest of the picture's shape that fits into the resolution's box, laid as the picture
 * lies, and at most twice as large as the picture. Both sides are even, as 4:2:0 video wants them.
 */
export function frameSize({ width, height }: Size, resolution: Resolution): Size {
  const [long, short] = RESOLUTIONS[resolution];
  const scale = Math.min(long / Math.max(width, height), short / Math.min(width, height), MOST_ENLARGED);
  return { width: toEven(width * scale), height: toEven(height * scale) };
}

/** The box's own sides are even, so this never leaves it. */
function toEven(length: number): number {
  return Math.max(2, 2 * Math.round(length / 2));
}

async function writeFrame(image: InputImage, size: Size, outDir: string, name: string): Promise<WrittenFile> {
  const { rgb } = await decodePhoto(image.path, size);
  await writePng(join(outDir, name), rgb, size, 3);
  return { name, role: null, contentType: 'image/png', ...size };
}
