import { expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { ownModels } from '#lib/models/catalogue/own';
import type { ModelIndex } from '#lib/models/contract/model-index';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import type { Picture } from '#worker/pipelines/raster/size';
import { withFirstFrame } from '../conditioning/first-frame-timestep.ts';
import { concatChannels, conditionFrames, maskedCondition } from '../conditioning/mask-concat.ts';
import { openVideoGraphs } from './open-video-graphs.ts';
import type { LatentShape, VideoGraphs } from './video-graphs.ts';

const { weightsDir } = readSettings(process.env);
const isHere = ownModels().some(({ id }) => id === 'wan-mini');
const sizes = [
  { width: 64, height: 96 },
  { width: 80, height: 64 },
];

function shapeOf(
  { latents: { channels, scale } }: ModelIndex,
  { width, height }: (typeof sizes)[0],
): LatentShape {
  return { channels, frames: 2, height: height / scale.space, width: width / scale.space };
}

/** A slope from black to white, to the right. */
function slope({ width, height }: (typeof sizes)[0]): Float32Array {
  return Float32Array.from({ length: 3 * width * height }, (_, at) => ((at % width) / width) * 2 - 1);
}

async function velocityOf(
  graphs: VideoGraphs,
  shape: LatentShape,
  encoded: Float32Array,
): Promise<Float32Array> {
  const { tokenizer } = graphs.index;
  const [ids, mask] = [new BigInt64Array(tokenizer.length), new BigInt64Array(tokenizer.length)];
  ids[0] = BigInt(tokenizer.eos_id);
  mask[0] = 1n;
  const text = await graphs.encodeText({ ids, mask });
  const latents = concatChannels(encoded, maskedCondition(shape, { first: true, last: true }, encoded));
  return graphs.velocity({ latents, shape, timestep: Float32Array.of(500), text });
}

/** Each value is far from the others' mean only where something overflowed, or was never computed. */
function isSound(values: Float32Array, length: number): boolean {
  return values.length === length && values.every((value) => Math.abs(value) < 1000);
}

async function decodeAll(graphs: VideoGraphs, latents: Float32Array, shape: LatentShape): Promise<Picture[]> {
  const pictures = [];
  for await (const picture of graphs.decode(latents, shape)) pictures.push(picture);
  return pictures;
}

test.skipIf(!isHere)('every graph of wan-mini is what its index says, and runs at any size', async () => {
  const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 1 });
  const graphs = await openVideoGraphs(sessions, 'wan-mini');
  for (const size of sizes) {
    const shape = shapeOf(graphs.index, size);
    const values = shape.channels * shape.frames * shape.height * shape.width;
    const picture = slope(size);
    const encoded = await graphs.encodeFrames(conditionFrames(picture, picture, 5), size);
    expect(isSound(encoded, values)).toBe(true);
    expect(isSound(await velocityOf(graphs, shape, encoded), values)).toBe(true);
    const pictures = await decodeAll(graphs, encoded, shape);
    expect(pictures.map(({ rgb }) => rgb.length)).toEqual(Array(5).fill(3 * size.width * size.height));
  }
  await sessions.release();
});

test.skipIf(!isHere)('what comes later in a video of wan-mini changes nothing before it', async () => {
  const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 1 });
  const graphs = await openVideoGraphs(sessions, 'wan-mini');
  const size = sizes[0]!;
  const shape = shapeOf(graphs.index, size);
  const first = { ...shape, frames: 1 };
  const picture = slope(size);
  const both = await graphs.encodeFrames(conditionFrames(picture, picture, 5), size);
  const alone = await graphs.encodeFrames([picture], size);
  expect(withFirstFrame(both, alone, shape)).toEqual(both);
  const [still, ...others] = await decodeAll(graphs, alone, first);
  expect(others).toEqual([]);
  const pictures = await decodeAll(graphs, both, shape);
  expect(pictures[0]).toEqual(still);
  // And what comes before makes a difference to what comes later.
  const afterBlank = withFirstFrame(both, new Float32Array(alone.length), shape);
  expect((await decodeAll(graphs, afterBlank, shape))[1]).not.toEqual(pictures[1]);
  await sessions.release();
});
