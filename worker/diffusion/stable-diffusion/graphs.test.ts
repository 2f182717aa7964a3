import { InferenceSession } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { type ElementType, GraphBuilder } from '#worker/engines/onnx/convert/graph';
import { openUnet } from './unet.ts';
import { encodePicture } from './vae.ts';

type Port = readonly [name: string, dimensions: readonly (number | string)[], type?: ElementType];

const SAMPLE = ['sample', ['b', 4, 'h', 'w']] as const;
const STATES = ['encoder_hidden_states', ['b', 77, 768]] as const;

/** A graph whose output is its first input. */
async function graphOf(inputs: readonly Port[], output: string): Promise<InferenceSession> {
  const graph = new GraphBuilder();
  for (const port of inputs) graph.input(...port);
  graph.node('Identity', [inputs[0]![0]], output);
  graph.output(output, inputs[0]![1]);
  return InferenceSession.create(graph.encode());
}

test.each([
  ['has no input timestep', [SAMPLE, STATES], 'out_sample'],
  [
    'asks for text_embeds, which is not known here',
    [SAMPLE, STATES, ['timestep', []], ['text_embeds', ['b', 1280]]],
    'out_sample',
  ],
  ['gives no out_sample', [SAMPLE, STATES, ['timestep', []]], 'noise_pred'],
] as const)('a UNet that %s is refused', async (what, inputs, output) => {
  const session = await graphOf(inputs, output);
  expect(() => openUnet(session)).toThrow(
    expect.objectContaining({ code: 'model_unfit', message: `The UNet of this model ${what}.` }),
  );
});

test('latents are drawn from where they lie, as unsure as the encoder is of each, and scaled', async () => {
  // Whatever the picture, the means are 2, 4, 2, 4, and the variances 1, 1, 4 and too small for any.
  const graph = new GraphBuilder();
  graph.input('sample', ['b', 3, 'h', 'w']);
  graph.constant('parameters', Float32Array.of(2, 4, 2, 4, 0, 0, Math.log(4), -80), [1, 8, 1, 1]);
  graph.node('Identity', ['parameters'], 'latent_parameters');
  graph.output('latent_parameters', ['b', 8, 'h', 'w']);
  const session = await InferenceSession.create(graph.encode());
  const picture = { width: 8, height: 8, data: new Float32Array(192) };
  const { data } = await encodePicture(session, picture, () => Float32Array.of(1, -1, 1.5, 3));
  const expected = [3, 3, 5, 4].map((value) => value * 0.18215);
  data.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
});
