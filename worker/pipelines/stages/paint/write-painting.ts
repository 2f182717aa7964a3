import { join } from 'node:path';
import { PngBands } from '#worker/pipelines/raster/png-bands';
import type { Picture, Size } from '#worker/pipelines/raster/size';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';

/** The painting, of the photo's size. */
export const PAINTED_FILE = 'painted.png';
/** What was painted, where that is smaller. */
export const SMALL_FILE = 'painted_small.png';

/** Write a painting that is there in bands, for later stages to read. */
export async function writePainting(
  { outDir }: StageContext,
  name: string,
  png: PngBands,
  { width, height }: Size,
): Promise<WrittenFile> {
  await png.write(join(outDir, name), null);
  return { name, role: null, contentType: 'image/png', width, height };
}

/** Write a painting that is there whole. */
export async function writeWhole(
  context: StageContext,
  name: string,
  picture: Picture,
): Promise<WrittenFile> {
  const png = new PngBands(picture, 3);
  await png.add(picture.rgb);
  return writePainting(context, name, png, picture);
}
