import { openImage } from './decode.ts';
import type { FileStore } from '../store/store.ts';

/** Pixels of the longer side: `small` for lists, `large` where the picture is what one came for. */
const SIDES: Record<PreviewSize, number> = { small: 480, large: 1600 };
const QUALITY = 84;
/** Of 0 to 6: a page waits for it, and the bytes are few either way. */
const EFFORT = 2;

export const PREVIEW_SIZES = ['small', 'large'] as const;
export type PreviewSize = (typeof PREVIEW_SIZES)[number];
export const PREVIEW_TYPE = 'image/webp';

/**
 * A stored picture as a page shows it: small enough for a phone, and in a format every browser has, whatever was sent.
 * Never larger than it is. Throws AppError `not_found` where the file is gone.
 */
export async function previewOf(store: FileStore, key: string, size: PreviewSize): Promise<Buffer> {
  const workspace = await store.openWorkspace();
  try {
    const picture = await openImage(await workspace.materialize(key));
    const side = SIDES[size];
    return await picture
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: QUALITY, effort: EFFORT })
      .toBuffer();
  } finally {
    await workspace.close();
  }
}
