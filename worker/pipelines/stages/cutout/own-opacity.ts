import { openImage } from '#lib/media/image/decode';

/** How opaque the file says that each pixel is, 0..255, upright; null where it says nothing of it. */
export async function ownOpacity(path: string): Promise<Uint8Array | null> {
  const picture = await openImage(path);
  if (!(await picture.metadata()).hasAlpha) return null;
  const data = await picture.extractChannel('alpha').raw({ depth: 'uchar' }).toBuffer();
  return new Uint8Array(data.buffer, data.byteOffset, data.length);
}
