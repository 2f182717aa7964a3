import { expect, test } from 'vitest';
import { MEAN_16, STD_16, TEXT_LENGTH, TINY_KINDS } from '#tests/tiny-wan/tiny-index';
import { bindTinyWan, tinyWan } from '#tests/tiny-wan/tiny-wan';
import type { LatentShape, TransformerInput } from './video-graphs.ts';

const TEXT = 4096;

/** What the transformer sees at a step where nothing but `changes` is not zero. */
function seen(shape: LatentShape, taken: number, changes: Partial<TransformerInput> = {}): TransformerInput {
  const latents = new Float32Array(taken * shape.frames * shape.height * shape.width);
  return {
    latents,
    shape,
    timestep: Float32Array.of(0),
    text: new Float32Array(TEXT_LENGTH * TEXT),
    ...changes,
  };
}

test('the states of a text have zeros where its padding is', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.1-t2v'));
  const ids = new BigInt64Array(TEXT_LENGTH);
  const mask = new BigInt64Array(TEXT_LENGTH);
  ids.set([7n, 3n, 1n]);
  mask.set([1n, 1n, 1n]);
  const states = await graphs.encodeText({ ids, mask });
  expect(states).toHaveLength(TEXT_LENGTH * TEXT);
  // Id times place, and one more.
  expect([states[0], states[10], states[TEXT + 10], states[3 * TEXT - 1]]).toEqual([1, 71, 31, 4096]);
  expect(states.subarray(3 * TEXT).every((value) => value === 0)).toBe(true);
});

test('a transformer is told latents, timestep and text, of any size', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.1-t2v'));
  for (const [frames, height, width] of [
    [1, 2, 4],
    [3, 6, 2],
  ] as const) {
    const shape = { channels: 16, frames, height, width };
    const latents = Float32Array.from({ length: 16 * frames * height * width }, (_, at) => at);
    const text = new Float32Array(TEXT_LENGTH * TEXT);
    text[0] = 2;
    text[text.length - 1] = 3;
    const answer = await graphs.velocity(seen(shape, 16, { latents, text, timestep: Float32Array.of(500) }));
    expect(answer).toEqual(latents.map((value) => value + 500 + 10 * 2 + 20 * 3));
  }
});

test('mask and picture follow the latents as channels, and CLIP sees the picture', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.1-i2v'));
  const shape = { channels: 16, frames: 2, height: 2, width: 2 };
  const latents = new Float32Array(36 * 8);
  latents[5 * 8] = 7;
  latents[(16 + 3) * 8 + 1] = 1;
  latents[(20 + 5) * 8] = 2;
  const image = new Float32Array(257 * 1280);
  image[0] = 1;
  image[image.length - 1] = 2;
  const answer = await graphs.velocity(seen(shape, 36, { latents, image }));
  const states = 40 + 2 * 80;
  // Channel 5 is its own of latents and picture; the mask's fourth channel is every channel's.
  expect([answer[5 * 8], answer[5 * 8 + 1], answer[4 * 8], answer[4 * 8 + 1]]).toEqual([
    7 + 2000 + states,
    400 + states,
    states,
    400 + states,
  ]);
});

test('a model that goes from picture to picture is shown both', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.1-flf2v'));
  const shape = { channels: 16, frames: 1, height: 2, width: 2 };
  const image = new Float32Array(2 * 257 * 1280);
  image[0] = 1;
  image[image.length - 1] = 2;
  expect((await graphs.velocity(seen(shape, 36, { image })))[0]).toBe(40 + 2 * 80);
  const one = image.subarray(0, image.length / 2);
  await expect(graphs.velocity(seen(shape, 36, { image: one }))).rejects.toMatchObject({
    code: 'validation_failed',
    message: expect.stringContaining('looks at 2 of the first and the last picture; it was given 1'),
  });
});

test('a model of timesteps by token is told each', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.2-ti2v-5b'));
  const shape = { channels: 48, frames: 2, height: 2, width: 4 };
  const answer = await graphs.velocity(seen(shape, 48, { timestep: Float32Array.of(1, 2, 3, 4) }));
  expect([...answer.subarray(47 * 16)]).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
});

test('of two experts the one for the noise level answers, and it alone is open', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.2-t2v-a14b'));
  const shape = { channels: 16, frames: 1, height: 2, width: 2 };
  const at = async (timestep: number) => {
    const [first] = await graphs.velocity(seen(shape, 16, { timestep: Float32Array.of(timestep) }));
    return [first, graphs.openGraphs()];
  };
  expect(await at(876)).toEqual([876, ['transformer']]);
  expect(await at(875)).toEqual([875, ['transformer']]);
  expect(await at(874)).toEqual([-874, ['transformer_2']]);
  expect(await at(900)).toEqual([900, ['transformer']]);
});

test('CLIP sees the whole picture, squeezed into a square and normalised', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.1-i2v'));
  // A wide picture whose left half is red and whose right half is black.
  const rgb = new Uint8Array(600 * 300 * 3);
  for (let at = 0; at < 600 * 300; at++) rgb[at * 3] = at % 600 < 300 ? 255 : 0;
  const states = await graphs.encodeImage({ width: 600, height: 300, rgb });
  expect(states).toHaveLength(257 * 1280);
  expect(states[0]).toBeCloseTo((0.5 - 0.48145466) / 0.26862954, 2);
  expect(states[256 * 1280 + 1]).toBeCloseTo(-0.4578275 / 0.26130258, 3);
  expect(states[2]).toBeCloseTo(-0.40821073 / 0.27577711, 3);
});

test('pictures are encoded first alone, then in groups, each with what the one before it left', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.1-i2v'));
  const size = { width: 16, height: 8 };
  // Of colours that are the same all over: the frame's number, by the colour's.
  const frames = Array.from({ length: 9 }, (_, frame) =>
    Float32Array.from({ length: 3 * 128 }, (_, at) => (frame / 16) * (Math.floor(at / 128) + 1)),
  );
  const latents = await graphs.encodeFrames(frames, size);
  expect(latents).toHaveLength(16 * 3 * 2);
  // The mean of frames 1 to 4 on top of frame 0, that of frames 5 to 8 on top of frame 4.
  [0, 2.5 / 16, (6.5 + 4) / 16].forEach((mean, group) => {
    const colour = mean * 2;
    expect(latents[(7 * 3 + group) * 2]).toBeCloseTo((8 * colour - MEAN_16[7]!) / STD_16[7]!, 5);
  });
});

test('a single picture needs no step', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.2-ti2v-5b'));
  const latents = await graphs.encodeFrames([new Float32Array(3 * 256).fill(0.25)], {
    width: 16,
    height: 16,
  });
  expect([...latents]).toEqual(Array.from({ length: 48 }, (_, channel) => (channel + 1) * 0.25));
});

test('the last pixels of a colour do not leak into the next: pictures are pooled where they lie', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.2-ti2v-5b'));
  // Green is 1 in the right half of the lower half.
  const picture = new Float32Array(3 * 32 * 32);
  for (let y = 16; y < 32; y++) picture.fill(1, 1024 + y * 32 + 16, 1024 + y * 32 + 32);
  const latents = await graphs.encodeFrames([picture], { width: 32, height: 32 });
  expect([...latents.subarray(0, 12)]).toEqual([0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0]);
});

test('latents become frames one by one, each group with what the one before it left', async () => {
  const graphs = bindTinyWan(tinyWan('wan-2.1-t2v'));
  const shape = { channels: 16, frames: 3, height: 1, width: 2 };
  // Red, at the left: -0.5, then 0.5, then 0 once the VAE's mean and deviation are back.
  const latents = new Float32Array(16 * 6);
  [-0.5, 0.5, 0].forEach((value, frame) => (latents[frame * 2] = (value - MEAN_16[0]!) / STD_16[0]!));
  const reds: number[] = [];
  for await (const { width, height, rgb } of graphs.decode(latents, shape)) {
    expect([width, height, rgb.length]).toEqual([16, 8, 384]);
    reds.push(rgb[0]!);
  }
  // A quarter of the way each, and a 64th lighter in the first group, two in the second.
  const first = [-0.5, -0.25, 0, 0.25, 0.5].map((value, at) => value + (at > 0 ? 1 / 64 : 0));
  const second = [0.375, 0.25, 0.125, 0].map((value) => value + 2 / 64);
  expect(reds).toEqual([...first, ...second].map((value) => Math.round((value + 1) * 127.5)));
});

test.each(TINY_KINDS)('every graph of %s is what its index says', async (kind) => {
  const { index, files } = tinyWan(kind);
  const graphs = bindTinyWan({ index, files });
  const shape = { channels: index.latents.channels, frames: 2, height: 2, width: 2 };
  const side = 2 * index.latents.scale.space;
  let frames = 0;
  for await (const picture of graphs.decode(new Float32Array(shape.channels * 8), shape))
    frames += picture.width / side;
  expect(frames).toBe(5);
});
