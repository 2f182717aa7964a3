import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { InputImage } from '#worker/pipelines/run';

const SAMPLE = fileURLToPath(new URL('../../public/sample.jpg', import.meta.url));

/** Two pictures of this size, in a folder: the sample photo, and what a step to the side would show of it. */
export async function writePhotos(
  folder: string,
  width: number,
  height: number,
): Promise<[InputImage, InputImage]> {
  const wide = await sharp(SAMPLE)
    .resize(Math.round(width * 1.05), height, { fit: 'fill' })
    .toBuffer();
  const crop = async (left: number) => {
    const path = join(folder, `${width}x${height}-${left}.jpg`);
    await sharp(wide).extract({ left, top: 0, width, height }).jpeg({ quality: 92 }).toFile(path);
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    return { path, sha256, width, height };
  };
  return [await crop(0), await crop(Math.round(width * 0.02))];
}

/** They by the roles that a pipeline has for them. */
export function inputsOf(
  [first, second]: [InputImage, InputImage],
  pictures: 1 | 2,
): Record<string, InputImage> {
  return pictures === 1 ? { image: first } : { image: first, end_image: second };
}
