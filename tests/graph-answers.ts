import { writeFileSync } from 'node:fs';
import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { gaussianNoise } from '#worker/diffusion/noise/gaussian-noise';
import { createSessionCache } from '#worker/engines/onnx/sessions';

/*
 * A process of its own, since a driver may take it along: `graph-answers.ts MODEL PROVIDER FILE` runs every graph of a
 * model on a provider, each on noise of the shapes that it takes, and writes what they answer as JSON.
 */

/** The free axes of a small video; those of pixels and caches are named after them, such as `latent_width_x8`. */
const AXES: Record<string, number> = { latent_frames: 2, latent_height: 4, latent_width: 4 };

const [modelId, provider, file] = process.argv.slice(2) as [string, string, string];
const { weightsDir } = readSettings(process.env);
const sessions = createSessionCache({ provider, weightsDir, threads: 2 });
const answers: Record<string, number[]> = {};
for (const { name } of findModel(modelId)!.networks) {
  const session = await sessions.open(modelId, name);
  const outputs = await session.run(feedsOf(session));
  for (const [output, { data }] of Object.entries(outputs)) {
    answers[`${name} ${output}`] = [...(data as Float32Array)];
  }
}
writeFileSync(file, JSON.stringify(answers));
// A WebGPU device may not let a process end by itself.
process.exit(0);

function feedsOf({ inputMetadata }: InferenceSession): Record<string, Tensor> {
  const feeds = inputMetadata.map((input, stream) => {
    if (!input.isTensor) throw new Error(`${input.name} is no tensor.`);
    const dims = input.shape.map(lengthOf);
    const length = dims.reduce((product, side) => product * side, 1);
    const values = gaussianNoise(1, stream, length);
    const tensor =
      input.type === 'int64'
        ? new Tensor(
            'int64',
            BigInt64Array.from(values, () => 1n),
            dims,
          )
        : new Tensor('float32', values, dims);
    return [input.name, tensor] as const;
  });
  return Object.fromEntries(feeds);
}

function lengthOf(axis: number | string): number {
  if (typeof axis === 'number') return axis;
  const [, name, factor] = /^(.+?)(?:_x(\d+))?$/.exec(axis)!;
  return AXES[name!]! * Number(factor ?? 1);
}
