import sharp from 'sharp';
import type { Picture } from '#worker/pipelines/raster/size';

/** A picture within `margin` pixels of its own reflection on every side. */
export async function mirrored({ width, height, rgb }: Picture, margin: number): Promise<Picture> {
  const raw = { width, height, channels: 3 } as const;
  const data = await sharp(rgb, { raw, limitInputPixels: false })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, extendWith: 'mirror' })
    .raw()
    .toBuffer();
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return { width: width + 2 * margin, height: height + 2 * margin, rgb: pixels };
}
