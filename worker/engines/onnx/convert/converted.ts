import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model, Network, WeightFile } from '#lib/models/model';
import { weightPath } from '#lib/models/weights';
import { pathAmongItsData } from '../external-data.ts';
import { converterFor } from './convert.ts';

/** Raised whenever a conversion gives another graph than before, so that what older versions cached is passed over. */
const VERSION = 1;

/**
 * Path of a network as ONNX; its weights have to be on this machine. One of another format is converted at its first
 * use and kept beside the weights, under a name made of their hashes.
 */
export async function onnxPath(weightsDir: string, model: Model, network: Network): Promise<string> {
  const weights = network.files.map((file) => weightNamed(model, file));
  if (network.format === 'onnx' && weights.length > 1) return pathAmongItsData(weightsDir, weights);
  const paths = weights.map((weight) => weightPath(weightsDir, weight));
  if (network.format === 'onnx') return paths[0]!;
  const folder = join(weightsDir, 'converted');
  const path = join(folder, `${keyOf(network, weights)}.onnx`);
  if (existsSync(path)) return path;
  const bytes = await converterFor(network.format)(paths);
  await mkdir(folder, { recursive: true });
  // Other processes may do the same: whoever is last puts the same file in the place of the same file.
  const unfinished = `${path}.${randomUUID()}.part`;
  await writeFile(unfinished, bytes);
  await rename(unfinished, path);
  return path;
}

function weightNamed(model: Model, name: string): WeightFile {
  const weight = model.weights.find((file) => file.name === name);
  if (!weight) throw new Error(`The model ${model.id} has no weights called ${name}.`);
  return weight;
}

function keyOf(network: Network, weights: readonly WeightFile[]): string {
  const facts = [VERSION, network.format, ...weights.map(({ sha256 }) => sha256)];
  return createHash('sha256').update(facts.join('\n')).digest('hex');
}
