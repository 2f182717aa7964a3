import { expect, test } from 'vitest';
import type { GraphName, ModelIndex } from '#lib/models/contract/model-index';
import { clip } from '#tests/tiny-wan/tiny-encoders';
import { TEXT_LENGTH, type TinyKind } from '#tests/tiny-wan/tiny-index';
import { type TinyTransformer, transformer } from '#tests/tiny-wan/tiny-transformer';
import { decoderInit, decoderStep, encoderInit } from '#tests/tiny-wan/tiny-vae';
import { bindTinyWan, tinyWan } from '#tests/tiny-wan/tiny-wan';
import { GraphBuilder } from '#worker/engines/onnx/convert/graph';
import type { VideoGraphs } from './video-graphs.ts';

const WAN: TinyTransformer = {
  channels: 16,
  channelsTaken: 16,
  perToken: false,
  text: { length: TEXT_LENGTH, width: 4096 },
  pictures: 0,
  sign: 1,
};
const SHAPE = { channels: 16, frames: 2, height: 2, width: 2 };

function tryText(graphs: VideoGraphs): Promise<unknown> {
  return graphs.encodeText({ ids: new BigInt64Array(TEXT_LENGTH), mask: new BigInt64Array(TEXT_LENGTH) });
}

function tryStep(graphs: VideoGraphs): Promise<unknown> {
  const text = new Float32Array(TEXT_LENGTH * 4096);
  const [latents, image] = [new Float32Array(16 * 8), new Float32Array(257 * 1280)];
  return graphs.velocity({ latents, shape: SHAPE, timestep: Float32Array.of(1), text, image });
}

function tryEncode(graphs: VideoGraphs): Promise<unknown> {
  return graphs.encodeFrames([new Float32Array(3 * 32 * 32)], { width: 32, height: 32 });
}

async function tryDecode(graphs: VideoGraphs): Promise<void> {
  for await (const picture of graphs.decode(new Float32Array(16 * 8), SHAPE)) void picture;
}

/** Runs a tiny model one of whose graphs is another than its index says. */
async function refusal(
  replaced: Partial<Record<GraphName, GraphBuilder>>,
  run: (graphs: VideoGraphs) => Promise<unknown>,
  kind: TinyKind = 'wan-2.1-t2v',
  change: (index: ModelIndex) => void = () => undefined,
): Promise<string> {
  const tiny = tinyWan(kind, replaced);
  change(tiny.index);
  const failure = await run(bindTinyWan(tiny)).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'model_unfit' });
  return (failure as Error).message;
}

test.each<[string, TinyTransformer, string]>([
  [
    'the latent channels',
    { ...WAN, channels: 12, channelsTaken: 16 },
    'transformer: output “velocity” is float32 [1, 12, latent_frames, latent_height, latent_width], ' +
      'expected float32 [1, 16, latent_frames, latent_height, latent_width]',
  ],
  [
    'the channels of a mask and a picture',
    { ...WAN, channelsTaken: 36 },
    'input “hidden_states” is float32 [1, 36, latent_frames, latent_height, latent_width], expected float32 [1, 16,',
  ],
  [
    'the text length',
    { ...WAN, text: { length: 77, width: 4096 } },
    '“encoder_hidden_states” is float32 [1, 77, 4096]',
  ],
  ['the text width', { ...WAN, text: { length: 512, width: 768 } }, 'expected float32 [1, 512, 4096]'],
  [
    'a timestep by token',
    { ...WAN, perToken: true },
    '“timestep” is float32 [1, tokens], expected float32 [1]',
  ],
  [
    'a picture to look at',
    { ...WAN, pictures: 1 },
    'it takes “encoder_hidden_states_image” (float32 [1, 257, 1280])',
  ],
])('a transformer that does not fit in %s is refused', async (_, other, words) => {
  expect(await refusal({ transformer: transformer(other) }, tryStep)).toContain(words);
});

test('a transformer that takes fewer channels than mask and picture need is refused', async () => {
  const message = await refusal(
    { transformer: transformer({ ...WAN, pictures: 1 }) },
    tryStep,
    'wan-2.1-i2v',
  );
  expect(message).toContain('“hidden_states” is float32 [1, 16,');
  expect(message).toContain('expected float32 [1, 36,');
});

test('a transformer of one timestep for all is refused where each token has its own', async () => {
  const one = transformer({ ...WAN, channels: 48, channelsTaken: 48 });
  const message = await refusal({ transformer: one }, tryStep, 'wan-2.2-ti2v-5b');
  expect(message).toContain('“timestep” is float32 [1], expected float32 [1, tokens]');
});

test('tensors that a graph does not have are named, with those that it has', async () => {
  const message = await refusal({}, tryText, 'wan-2.1-t2v', ({ graphs }) => {
    graphs.text_encoder.outputs.states = 'states';
    graphs.text_encoder.inputs.mask = 'mask';
  });
  expect(message).toContain(
    'there is no input “mask” (expected int64 [1, 512]; there are input_ids, attention_mask)',
  );
  expect(message).toContain('it takes “attention_mask” (int64 [1, 512]), which the index does not name');
  expect(message).toContain('there is no output “states” (expected float32 [1, 512, 4096]');
});

test('ids that are not whole numbers are refused', async () => {
  const graph = new GraphBuilder();
  graph.input('input_ids', [1, TEXT_LENGTH]);
  graph.input('attention_mask', [1, TEXT_LENGTH], 'int64');
  graph.node('Identity', ['input_ids'], 'last_hidden_state');
  graph.output('last_hidden_state', [1, TEXT_LENGTH]);
  const message = await refusal({ text_encoder: graph }, tryText);
  expect(message).toContain('“input_ids” is float32 [1, 512], expected int64 [1, 512]');
  expect(message).toContain('“last_hidden_state” is float32 [1, 512], expected float32 [1, 512, 4096]');
});

test('a graph made for one size of picture only is refused', async () => {
  const graph = new GraphBuilder();
  graph.input('latents', [1, 16, 1, 60, 104]);
  graph.node('Identity', ['latents'], 'frames');
  for (const cache of ['cache_0', 'cache_1']) graph.node('Identity', ['latents'], cache);
  for (const name of ['frames', 'cache_0', 'cache_1']) graph.output(name, [1, 16, 1, 60, 104]);
  const message = await refusal({ vae_decoder_init: graph }, tryDecode);
  expect(message).toContain(
    '“latents” is float32 [1, 16, 1, 60, 104], expected float32 [1, 16, 1, latent_height, latent_width]',
  );
});

test('a VAE of other latents is refused', async () => {
  const message = await refusal({ vae_decoder_init: decoderInit({ channels: 48, space: 16 }) }, tryDecode);
  expect(message).toContain('vae_decoder_init: input “latents” is float32 [1, 48, 1,');
});

test('a VAE of another scale is found out by the size of its frames', async () => {
  const message = await refusal({ vae_decoder_init: decoderInit({ channels: 16, space: 16 }) }, tryDecode);
  expect(message).toContain(
    'vae_decoder_init: “frames” came out as [1, 3, 1, 32, 32], expected [1, 3, 1, 16, 16]',
  );
});

test('an encoder that gives neither means nor means and variances is refused', async () => {
  const other = { vae_encoder_init: encoderInit({ channels: 20, space: 16 }) };
  const message = await refusal(other, tryEncode, 'wan-2.2-ti2v-5b');
  expect(message).toContain('“moments” is float32 [1, 40, 1,');
  expect(message).toContain('expected float32 [1, 48 or 96, 1,');
});

test('caches that a step does not take as they were left are refused', async () => {
  const step = decoderStep({ channels: 16, space: 8 });
  const init = new GraphBuilder();
  init.input('latents', [1, 16, 1, 'latent_height', 'latent_width']);
  const twelve = [init.integers('from', [0]), init.integers('to', [12]), init.integers('axis', [1])];
  init.node('Slice', ['latents', ...twelve], 'cache_0');
  init.node('Identity', [init.constant('none', Float32Array.of(0), [1])], 'cache_1');
  const scales = init.constant('scales', Float32Array.of(1, 1, 1, 8, 8), [5]);
  const three = [init.integers('red', [0]), init.integers('blue', [3]), init.integers('colour_axis', [1])];
  init.node('Resize', [init.node('Slice', ['latents', ...three], 'colours'), '', scales], 'frames', {
    mode: 'nearest',
  });
  init.output('frames', [1, 3, 1, 'height', 'width']);
  init.output('cache_0', [1, 12, 1, 'latent_height', 'latent_width']);
  init.output('cache_1', [1]);
  const message = await refusal({ vae_decoder_init: init, vae_decoder_step: step }, tryDecode);
  expect(message).toContain(
    'vae_decoder_init and vae_decoder_step: “cache_0” is given as float32 [1, 12, 1,',
  );
  expect(message).toContain('“cache_0” taken as float32 [1, 16, 1,');
});

test('an image encoder of another width than the transformer takes is refused', async () => {
  const picture = { width: 2, height: 2, rgb: new Uint8Array(12) };
  const both = async (graphs: VideoGraphs) => {
    await graphs.encodeImage(picture);
    const latents = new Float32Array(36 * 8);
    const image = new Float32Array(257 * 1280);
    const text = new Float32Array(TEXT_LENGTH * 4096);
    return graphs.velocity({ latents, shape: SHAPE, timestep: Float32Array.of(1), text, image });
  };
  const message = await refusal({ image_encoder: clip(257, 1024) }, both, 'wan-2.1-i2v');
  expect(message).toContain('“image_states” is given as float32 [1, 257, 1024]');
  expect(message).toContain('“encoder_hidden_states_image” taken as float32 [1, 257, 1280]');
});

test('a graph that was refused is not left open', async () => {
  const tiny = tinyWan('wan-2.1-t2v', { transformer: transformer({ ...WAN, channelsTaken: 36 }) });
  const graphs = bindTinyWan(tiny);
  await expect(tryStep(graphs)).rejects.toMatchObject({ code: 'model_unfit' });
  expect(graphs.openGraphs()).toEqual([]);
});
