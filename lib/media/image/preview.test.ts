import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawPicture } from '#tests/images';
import { temporaryFolder } from '#tests/temporary-folder';
import { DiskStore } from '../store/disk-store.ts';
import { uploadKey } from '../store/file-key.ts';
import { previewOf } from './preview.ts';

const KEY = uploadKey('ab'.repeat(32));

async function storeWith(width: number, height: number): Promise<DiskStore> {
  const store = new DiskStore(temporaryFolder());
  await store.writeAtomic(KEY, await drawPicture(width, height).tiff().toBuffer());
  return store;
}

test.each([
  ['small', 2000, 1000, { width: 480, height: 240 }],
  ['large', 1000, 2000, { width: 800, height: 1600 }],
  ['large', 90, 70, { width: 90, height: 70 }],
] as const)('a %s preview of %d by %d pixels fits its box, as WebP', async (size, width, height, fitted) => {
  const preview = await previewOf(await storeWith(width, height), KEY, size);
  expect(await sharp(preview).metadata()).toMatchObject({ format: 'webp', ...fitted });
});

test('there is no preview of a file that is gone', async () => {
  const gone = previewOf(new DiskStore(temporaryFolder()), KEY, 'small');
  await expect(gone).rejects.toMatchObject({ code: 'not_found', status: 404 });
});
