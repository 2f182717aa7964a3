import { expect, test } from 'vitest';
import { findModel } from '#lib/models/catalogue';
import { sampleReceipt } from '#tests/receipts';
import { temporaryFolder } from '#tests/temporary-folder';
import { placeWeights } from '#tests/worker-context';
import { requireWeights } from './weights.ts';

function receiptWith(...ids: string[]) {
  const models = ids.map((id) => {
    const { task, weights } = findModel(id)!;
    return { id, task, weights: weights.map(({ name, sha256 }) => ({ name, sha256 })) };
  });
  return sampleReceipt({ models });
}

test('networks that are missing are told together, with what fetches them', async () => {
  await expect(requireWeights(receiptWith('fastdepth', 'u2netp'), temporaryFolder())).rejects.toMatchObject({
    code: 'weights_missing',
    suggestion: 'Fetch them with: npm run -s multiplane -- models download fastdepth u2netp',
  });
});

test('a network of the right size and with other bytes is not the one of the receipt', async () => {
  const folder = temporaryFolder();
  placeWeights(folder);
  await expect(requireWeights(receiptWith('tcmonodepth-small'), folder)).rejects.toMatchObject({
    code: 'weights_corrupt',
  });
});

test.each([
  ['that the catalogue does not have', { id: 'midas', task: 'depth', weights: [] }],
  [
    'whose weights were others then',
    { id: 'u2netp', task: 'matte', weights: [{ name: 'u2netp.onnx', sha256: 'a'.repeat(64) }] },
  ],
])('a network %s is refused', async (_, model) => {
  const receipt = sampleReceipt({ models: [model] });
  await expect(requireWeights(receipt, temporaryFolder())).rejects.toMatchObject({
    code: 'validation_failed',
  });
});
