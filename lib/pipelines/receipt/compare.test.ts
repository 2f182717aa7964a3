import { expect, test } from 'vitest';
import { HASH, sampleOutput, sampleReceipt } from '#tests/receipts';
import { compareFacts, compareOutputs } from './compare.ts';

const OTHER_HASH = 'b'.repeat(64);

test('each recorded output is the same, differs or is missing', () => {
  const recorded = sampleReceipt({
    outputs: ['far.png', 'near.png', 'mask.png'].map((name) => sampleOutput(name)),
  });
  const made = sampleReceipt({ outputs: [sampleOutput('near.png', OTHER_HASH), sampleOutput('far.png')] });
  expect(compareOutputs(recorded, made)).toEqual([
    { name: 'far.png', state: 'same' },
    { name: 'near.png', state: 'differs' },
    { name: 'mask.png', state: 'missing' },
  ]);
});

test('a file that tells times is compared without them', () => {
  const manifest = { ...sampleOutput('manifest.json'), sha256: OTHER_HASH };
  const recorded = sampleReceipt({ outputs: [manifest] });
  const made = sampleReceipt({ outputs: [{ ...manifest, sha256: HASH }] });
  expect(compareOutputs(recorded, made)).toEqual([{ name: 'manifest.json', state: 'same' }]);
});

test('runs of one request on one machine are alike, whenever they were and whatever they are called', () => {
  const other = sampleReceipt({ run: { job_id: 'j', finished_at: '2030-01-01T00:00:00.000Z' } });
  expect(compareFacts(sampleReceipt(), other)).toEqual([]);
});

test('what was otherwise is named', () => {
  const models = [{ id: 'fastdepth', task: 'depth', weights: [] }];
  const made = sampleReceipt({
    models,
    params: { num_layers: 3, embed_metadata: true },
    versions: { multiplane: '1.0.0', sharp: '1.0.1', node_av: '6.1.1' },
    device: { provider: 'webgpu', platform: 'linux', arch: 'x64' },
  });
  expect(compareFacts(sampleReceipt({ models: [{ ...models[0]!, id: 'migan' }] }), made)).toEqual([
    'sharp was 1.0.0, and is 1.0.1 here.',
    'provider was cpu, and is webgpu here.',
    'models was migan, and is fastdepth here.',
    'num_layers was 2, and is 3 here.',
    'node_av was not there, and is 6.1.1 here.',
  ]);
});
