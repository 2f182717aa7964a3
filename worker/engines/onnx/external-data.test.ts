import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { WeightFile } from '#lib/models/model';
import { weightPath } from '#lib/models/weights';
import { exportModel } from '#tests/exported-model';
import { graphWithData } from '#tests/external-data';
import { temporaryFolder } from '#tests/temporary-folder';
import { pathAmongItsData } from './external-data.ts';
import { createSessionCache, type Session } from './sessions.ts';
import { floatTensor } from './tensors.ts';

/** What the graph makes of noughts. */
async function answerOf(session: Session): Promise<unknown[]> {
  const { y } = await session.run({ x: floatTensor(new Float32Array(1024), [1024]) });
  return [...new Set(y!.data as Float32Array)];
}

test('the graph of an exported model finds its data beside it', async () => {
  const weightsDir = temporaryFolder();
  const { graph, data } = graphWithData('transformer.onnx.data');
  const contents = { 'transformer.onnx': graph, 'transformer.onnx.data': data };
  exportModel(weightsDir, 'wan2.1-t2v-1.3b', { contents });
  const cache = createSessionCache({ provider: 'cpu', weightsDir, threads: 1 });
  const session = await cache.open('wan2.1-t2v-1.3b', 'transformer');
  expect(await answerOf(session)).toEqual([2]);
  await cache.close('wan2.1-t2v-1.3b', 'transformer');
  expect(await cache.open('wan2.1-t2v-1.3b', 'transformer')).not.toBe(session);
  await cache.release();
});

test('what was fetched lies by its hash, and is found by the names that the graph knows', async () => {
  const weightsDir = temporaryFolder();
  const { graph, data } = graphWithData('weights.pb');
  const weights = [laid(weightsDir, 'unet/model.onnx', graph), laid(weightsDir, 'unet/weights.pb', data)];
  const paths = await Promise.all([1, 2].map(() => pathAmongItsData(weightsDir, weights)));
  expect(paths[0]).toBe(paths[1]);
  expect(paths[0]).toContain(join(weightsDir, 'linked'));
  const session = await InferenceSession.create(paths[0]!);
  expect(await answerOf(session)).toEqual([2]);
  await session.release();
});

/** A weight as a download leaves it. */
function laid(weightsDir: string, name: string, bytes: Uint8Array): WeightFile {
  const sha256 = (name === 'unet/weights.pb' ? 'b' : 'a').repeat(64);
  const weight = {
    name,
    sha256,
    sizeBytes: bytes.length,
    downloadBytes: bytes.length,
    source: `https://x/${name}`,
  };
  writeFileSync(weightPath(weightsDir, weight), bytes);
  return weight;
}
