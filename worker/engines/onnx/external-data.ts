import { createHash } from 'node:crypto';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { WeightFile } from '#lib/models/model';
import { isFetched, weightPath } from '#lib/models/weights';

/**
 * Path of an ONNX graph, the first of the files, where the others, which hold its weights, lie around it as it names them.
 * What was fetched lies by its hash, and is linked; the rest is in a folder of its own already. So onnxruntime finds and
 * maps them itself: handed over as buffers, the other way there is, they would be in memory twice and end at 4 GB (Node 20).
 */
export async function pathAmongItsData(weightsDir: string, weights: readonly WeightFile[]): Promise<string> {
  const [graph] = weights;
  if (!weights.every(isFetched)) return weightPath(weightsDir, graph!);
  const folder = join(weightsDir, 'linked', keyOf(weights));
  for (const weight of weights) await link(weightPath(weightsDir, weight), join(folder, weight.name));
  return join(folder, graph!.name);
}

function keyOf(weights: readonly WeightFile[]): string {
  const facts = weights.map(({ name, sha256 }) => `${sha256} ${name}`);
  return createHash('sha256').update(facts.join('\n')).digest('hex');
}

/** One that is there already, from before or from a process that does the same, is the same. */
async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(relative(dirname(path), target), path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
