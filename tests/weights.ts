import { createHash, randomBytes } from 'node:crypto';
import { type Model, onnx, type WeightFile } from '#lib/models/model';

/** A weight of random bytes, with its true hash, said to come from `source`. */
export function sampleWeight(source: string, sizeBytes = 200_000, name = 'net.onnx') {
  const bytes = randomBytes(sizeBytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const weight: WeightFile = { name, sizeBytes, sha256, source, downloadBytes: sizeBytes };
  return { bytes, weight };
}

export function sampleModel(id: string, weights: WeightFile[], setUp: Model['setUp'] = 'required'): Model {
  return {
    id,
    title: id,
    task: 'depth',
    pipelines: ['photo-realistic'],
    engine: 'onnx',
    rank: 1,
    setUp,
    weights,
    networks: weights.map(({ name }) => onnx(name)),
    author: 'nobody',
    origin: 'nowhere',
    licence: { package: null, weights: 'MIT' },
  };
}
