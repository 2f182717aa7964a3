import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { placeWeights } from '#tests/worker-context';
import { requireModels } from './models.ts';
import { photoRealistic } from './photo-realistic.ts';

test('everything that is missing is said at once, with one command that fetches it', () => {
  expect(() => requireModels(photoRealistic, 'tcmonodepth-small', temporaryFolder())).toThrow(
    expect.objectContaining({
      code: 'weights_missing',
      message:
        'TCMonoDepth small is not on this machine yet. No matte model is on this machine yet. ' +
        'No inpainting model is on this machine yet.',
      suggestion: 'Fetch them with: npm run -s multiplane -- models download tcmonodepth-small u2netp migan',
    }),
  );
});

test('a model that is unknown is told before what is missing, and nothing where all is there', () => {
  const folder = temporaryFolder();
  expect(() => requireModels(photoRealistic, 'midas', folder)).toThrow(
    expect.objectContaining({ code: 'not_found' }),
  );
  placeWeights(folder);
  expect(() => requireModels(photoRealistic, 'auto', folder)).not.toThrow();
});
