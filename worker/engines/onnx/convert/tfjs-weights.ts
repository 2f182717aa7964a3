import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '#lib/core/errors';

/** A tensor of weights, as numbers whatever it is stored as; whole ones are exact below 2^24. */
export interface TfjsWeight {
  /** No dimension at all is a single number. */
  shape: readonly number[];
  values: Float32Array;
}

/** What the files of a TensorFlow.js model hold: layers or a graph, and its weights by name. */
export interface TfjsModel {
  topology: unknown;
  weights: ReadonlyMap<string, TfjsWeight>;
}

const STORED = { uint8: 1, uint16: 2, int32: 4, float32: 4 } as const;

type Stored = keyof typeof STORED;

const weight = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z
    .object({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() })
    .optional(),
});

type WeightEntry = z.infer<typeof weight>;

const manifest = z.array(z.object({ paths: z.array(z.string()), weights: z.array(weight) }));

const modelFile = z.object({ modelTopology: z.unknown(), weightsManifest: manifest });

/**
 * Read a TensorFlow.js model: `paths` are its model.json and its shards in the manifest's order. Throws AppError
 * `model_unfit` where they do not hold what the manifest says.
 */
export async function readTfjsModel([jsonPath, ...shardPaths]: readonly string[]): Promise<TfjsModel> {
  const json: unknown = JSON.parse(await readFile(jsonPath!, 'utf8'));
  const parsed = modelFile.safeParse(json);
  if (!parsed.success) throw unfit('its model.json is not one of TensorFlow.js', parsed.error);
  const shards = await Promise.all(shardPaths.map((path) => readFile(path)));
  const { modelTopology, weightsManifest } = parsed.data;
  return { topology: modelTopology, weights: readWeights(weightsManifest, shards) };
}

/**
 * The weights of a manifest: those of each group follow each other in its shards, without padding. Quantised ones are
 * `stored * scale + min`, as tfjs-core's `decodeWeights` has it. Throws AppError `model_unfit`.
 */
export function readWeights(
  groups: z.infer<typeof manifest>,
  shards: readonly Uint8Array[],
): Map<string, TfjsWeight> {
  const weights = new Map<string, TfjsWeight>();
  let shard = 0;
  for (const { paths, weights: entries } of groups) {
    const bytes = Buffer.concat(shards.slice(shard, (shard += paths.length)));
    let offset = 0;
    for (const entry of entries) {
      const { values, end } = readValues(entry, bytes, offset);
      weights.set(entry.name, { shape: entry.shape, values });
      offset = end;
    }
    if (offset !== bytes.length) throw unfit('its shards hold more than its weights');
  }
  return weights;
}

function readValues({ name, shape, dtype, quantization }: WeightEntry, bytes: Buffer, offset: number) {
  const stored = quantization?.dtype ?? dtype;
  const count = shape.reduce((product, size) => product * size, 1);
  const end = offset + count * STORED[stored];
  if (end > bytes.length) throw unfit(`its shards end before the weights ${name}`);
  const { scale, min } = quantization ?? { scale: 1, min: 0 };
  const real = (at: number) => readNumber(bytes, stored, offset + at * STORED[stored]) * scale + min;
  const values = Float32Array.from({ length: count }, (_, at) =>
    dtype === 'int32' ? Math.round(real(at)) : real(at),
  );
  return { values, end };
}

/** Little-endian, as every tfjs file is. */
function readNumber(bytes: Buffer, stored: Stored, at: number): number {
  if (stored === 'uint8') return bytes.readUInt8(at);
  if (stored === 'uint16') return bytes.readUInt16LE(at);
  return stored === 'int32' ? bytes.readInt32LE(at) : bytes.readFloatLE(at);
}

/** The error of a TensorFlow.js model that cannot be converted; `reason` ends the sentence. */
export function unfit(reason: string, cause?: unknown): AppError {
  return new AppError('model_unfit', `This TensorFlow.js network cannot be used: ${reason}.`, { cause });
}
