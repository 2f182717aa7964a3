import { openImage } from '#lib/media/image/decode';
import { enlargeBicubic } from '#worker/pipelines/raster/bicubic';
import { diffuseColours } from '#worker/pipelines/raster/diffuse';
import type { Picture, Size } from '#worker/pipelines/raster/size';

/** How many rows on either side bicubic interpolation looks at. */
const REACH = 2;

/** A photo with its opacity apart. */
export interface MattedPhoto {
  /** Its colours; where nothing shows, those around. */
  colours: Picture;
  /** 0..255 for each pixel; null where all of it is opaque. */
  alpha: Uint8Array | null;
}

/** A picture file as 8-bit sRGB, upright. */
export async function openMattedPhoto(path: string): Promise<MattedPhoto> {
  const picture = (await openImage(path)).ensureAlpha();
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const alpha = new Uint8Array(width * height);
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < alpha.length; i++) {
    for (let channel = 0; channel < 3; channel++) rgb[i * 3 + channel] = data[i * 4 + channel]!;
    alpha[i] = data[i * 4 + 3]!;
  }
  const colours = { width, height, rgb };
  if (alpha.every((value) => value === 255)) return { colours, alpha: null };
  // What lies under clear pixels is often black, and would bleed into the edges.
  return { colours: { ...colours, rgb: diffuseColours(colours, (i) => alpha[i]! > 0) }, alpha };
}

/** Rows `from` (included) to `to` of the photo's opacity enlarged, both of them multiples of `factor`. */
export function enlargeAlphaRows(
  alpha: Uint8Array,
  { width, height }: Size,
  factor: number,
  { from, to }: { from: number; to: number },
): Uint8Array {
  const first = Math.max(0, from / factor - REACH);
  const last = Math.min(height, to / factor + REACH);
  const data = Float32Array.from(alpha.subarray(first * width, last * width));
  const enlarged = enlargeBicubic({ width, height: last - first, data }, factor);
  const start = (from - first * factor) * enlarged.width;
  const rows = enlarged.data.subarray(start, start + (to - from) * enlarged.width);
  return Uint8Array.from(rows, (value) => Math.min(255, Math.max(0, Math.round(value))));
}
