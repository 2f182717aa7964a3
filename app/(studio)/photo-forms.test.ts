import { kept, NOTHING } from '#tests/studio-folder';
import { expect, test } from 'vitest';
import { answerForm } from '#app/form-state';
import { database } from '#lib/db/connection';
import { fileStore } from '#lib/media/store/storage';
import { submissionFromForm } from '#lib/pipelines/submission/form-submission';
import { submitJob } from '#lib/pipelines/submission/submit';
import { makeUser, NOW } from '#tests/factories';
import { oneForEachPhoto } from './photo-forms.ts';

const FIELD = 'image';

function settings(): FormData {
  const form = new FormData();
  form.set('pipeline', 'photo-realistic');
  form.set('num_layers', '3');
  return form;
}

test('each photo goes by itself, with every setting', () => {
  const form = settings();
  for (const name of ['a.jpg', 'b.jpg']) form.append(FIELD, new File(['x'], name));
  const forms = oneForEachPhoto(form, FIELD).map((one) =>
    [...one].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
  );
  const common = [
    ['pipeline', 'photo-realistic'],
    ['num_layers', '3'],
  ];
  expect(forms).toEqual([
    [...common, [FIELD, 'a.jpg']],
    [...common, [FIELD, 'b.jpg']],
  ]);
});

test('a form without a photo is refused at the photo', async () => {
  const db = await database();
  const actor = await makeUser(db);
  const [form, ...others] = oneForEachPhoto(settings(), FIELD);
  expect(others).toEqual([]);
  const state = await answerForm(form!, async () => {
    const store = fileStore();
    await submitJob(db, store, actor, await submissionFromForm(store, form!, 1000), NOW);
  });
  expect(state).toMatchObject({ done: false, errors: { [FIELD]: expect.stringContaining('photo') } });
  expect(await kept()).toEqual(NOTHING);
});
