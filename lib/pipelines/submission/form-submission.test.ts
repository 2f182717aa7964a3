import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import { afterEach, expect, test } from 'vitest';
import { database } from '#lib/db/connection';
import { fileStore } from '#lib/media/store/storage';
import { makeUser, NOW } from '#tests/factories';
import { drawPicture } from '#tests/images';
import { submissionFromForm } from './form-submission.ts';
import { submitJob } from './submit.ts';

const MAX_BYTES = 1024 * 1024;

afterEach(emptyStudio);

async function photo(name = 'Photo.png'): Promise<File> {
  return new File([new Uint8Array(await drawPicture(80, 70).png().toBuffer())], name, { type: 'image/png' });
}

test.each(['', 'undefined'])(
  'the dashboard’s form becomes a job, less what is not its own (%j)',
  async (noName) => {
    const db = await database();
    const form = new FormData();
    form.append('$ACTION_ID_7f', '');
    form.append('$ACTION_REF_1', '');
    form.append('pipeline', 'photo-realistic');
    form.append('num_layers', '5');
    form.append('image', await photo());
    form.append('end_image', new File([], noName));
    const submission = await submissionFromForm(fileStore(), form, MAX_BYTES);
    const job = await submitJob(db, fileStore(), await makeUser(db), submission, NOW);
    expect(job).toMatchObject({ status: 'pending', params: { num_layers: 5 }, inputs: [{ role: 'image' }] });
    expect(await kept()).toEqual({ jobs: 1, uploads: 1, files: 1 });
  },
);

test('a form with a file that is too large keeps nothing of any file', async () => {
  const form = new FormData();
  form.append('image', await photo());
  form.append('end_image', new File([new Uint8Array(MAX_BYTES + 1)], 'large.png'));
  const refused = submissionFromForm(fileStore(), form, MAX_BYTES);
  await expect(refused).rejects.toMatchObject({ code: 'payload_too_large' });
  expect(await kept()).toEqual(NOTHING);
});
