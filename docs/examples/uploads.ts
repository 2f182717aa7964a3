/* What the reference shows of uploads; the tests run it, in a folder with a photo.jpg. */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import type { Job } from '#lib/client/operations';
import { studio } from './studio.ts';

async function createUpload() {
  // #region createUpload
  const image = new File(
    [await readFile('photo.jpg')],
    'photo.jpg',
    { type: 'image/jpeg' },
  );
  const upload = await studio.call('createUpload', {
    body: { image },
  });
  // #endregion
  return upload;
}

async function getUpload(id: string) {
  // #region getUpload
  const upload = await studio.call('getUpload', {
    params: { id },
  });
  console.log(upload.filename, upload.width, upload.height);
  // #endregion
  return upload;
}

async function getUploadContent(id: string) {
  // #region getUploadContent
  const content = await studio.call('getUploadContent', {
    params: { id },
  });
  await writeFile(
    'kept.jpg',
    Buffer.from(await content.arrayBuffer()),
  );
  // #endregion
}

async function generateFromUpload(id: string) {
  // #region generateFromUpload
  const job = (await studio.call('generate', {
    body: { pipeline: 'upscale', image_upload_id: id },
  })) as Job;
  // #endregion
  return job;
}

const { id } = await createUpload();
assert.equal((await getUpload(id)).id, id);
await getUploadContent(id);
assert.deepEqual(
  await readFile('kept.jpg'),
  await readFile('photo.jpg'),
);
assert.equal(
  (await generateFromUpload(id)).inputs[0]?.upload_id,
  id,
);
