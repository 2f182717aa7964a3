import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { placeWeights } from '#tests/worker-context';
import { i2v } from './i2v.ts';
import { keepToModels, requireModels, settledModel } from './models.ts';
import { photoRealistic } from './photo-realistic.ts';
import { stagesOf } from './pipeline.ts';

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
  expect(requireModels(photoRealistic, 'auto', folder)).toEqual(['tcmonodepth-small', 'u2netp', 'migan']);
});

test('a run goes on with the models that it began with', () => {
  const present = ['tcmonodepth-small', 'u2netp', 'migan'];
  expect(keepToModels(['fastdepth', 'u2netp'], present)).toEqual(['fastdepth', 'u2netp', 'migan']);
  expect(keepToModels([], present)).toEqual(present);
});

test('auto stands for the model that fits what was sent, where that decides, and else stays what it is', () => {
  expect(settledModel(i2v, 'auto', { endImage: false })).toBe('camera-move');
  expect(settledModel(i2v, 'auto', { endImage: true })).toBe('rife');
  expect(settledModel(i2v, 'camera-move', { endImage: true })).toBe('camera-move');
  expect(settledModel(photoRealistic, 'auto', { endImage: false })).toBe('auto');
});

test.each([
  ['rife', ['frame', 'between']],
  ['camera-move', ['frame', 'depth', 'cut', 'fill', 'sheets', 'render']],
])('a job with %s goes through the stages of that model alone', (model, stages) => {
  expect(stagesOf(i2v, model).map(({ name }) => name)).toEqual(stages);
});

test('a job needs the networks of its model, and of those that this one requires', () => {
  const folder = temporaryFolder();
  const lacking = (model: string) => () => requireModels(i2v, model, folder);
  expect(lacking('camera-move')).toThrow(
    expect.objectContaining({ toFetch: ['fastdepth', 'u2netp', 'migan'] }),
  );
  expect(lacking('rife')).toThrow(expect.objectContaining({ toFetch: ['rife'] }));
});
