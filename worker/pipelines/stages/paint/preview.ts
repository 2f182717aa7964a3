import { fitWithin, type Picture } from '#worker/pipelines/raster/size';
import { shrinkPhoto } from '../photo.ts';

/** Long side, pixels. */
const LONG_SIDE = 480;

/** A finished part of a picture: all of its width, and from which row on. */
interface Part {
  band: Picture;
  top: number;
}

/** A small copy of the photo, in which every part that is finished takes the place of what was there. */
export async function previewOf(photo: Picture): Promise<(part: Part) => Promise<Picture>> {
  const small = await shrinkPhoto(photo, fitWithin(photo, LONG_SIDE));
  const { width, height } = small;
  const rgb = small.rgb.slice();
  const rowOf = (y: number) => Math.round((y * height) / photo.height);
  return async ({ band, top }) => {
    const first = rowOf(top);
    const rows = rowOf(top + band.height) - first;
    if (rows > 0) rgb.set((await shrinkPhoto(band, { width, height: rows })).rgb, first * width * 3);
    return { width, height, rgb };
  };
}
