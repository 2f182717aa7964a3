import sharp from 'sharp';
import { openImage } from '#lib/media/image/decode';
import type { Picture, Size } from '#worker/pipelines/raster/size';

/**
 * A picture file, at full size or fitted exactly into `size` (squeezed, or cut at its ends where it is to `cover`), as 8-bit sRGB: turned as its EXIF orientation says, its colour profile applied, transparency laid on
 * white, everything else (16 bits, grey, CMYK, Lab, metadata) reduced to plain pixels.
 */
export async function decodePhoto(
  path: string,
  size?: Size,
  fit: 'fill' | 'cover' = 'fill',
): Promise<Picture> {
  const picture = (await openImage(path)).flatten({ background: '#ffffff' });
  if (size) picture.resize(size.width, size.height, { fit, kernel: 'lanczos3' });
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: toRgb(data, info.channels) };
}

function toRgb(data: Buffer, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data.buffer, data.byteOffset, data.length);
  const pixels = data.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) rgb[i * 3 + c] = data[i * channels + (channels < 3 ? 0 : c)]!;
  }
  return rgb;
}

/** A smaller copy of pixels already in memory. */
export async function shrinkPhoto(photo: Picture, { width, height }: Size): Promise<Picture> {
  if (width === photo.width && height === photo.height) return photo;
  const raw = { width: photo.width, height: photo.height, channels: 3 } as const;
  const data = await sharp(photo.rgb, { raw, limitInputPixels: false })
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer();
  return { width, height, rgb: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}
