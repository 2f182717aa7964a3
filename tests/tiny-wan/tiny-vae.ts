import { GraphBuilder } from '#worker/engines/onnx/convert/graph';

/** What a tiny VAE is like; a group has four frames. */
export interface TinyVae {
  channels: number;
  /** Pixels of a side that a latent stands for. */
  space: number;
}

const LATENT_AREA = ['latent_height', 'latent_width'];
const FRAME_AREA = ['height', 'width'];
const NEAREST = { mode: 'nearest', nearest_mode: 'floor', coordinate_transformation_mode: 'asymmetric' };

/**
 * A latent's first three channels are its pixels' colour. Left behind: the latents, and the number of steps taken, 0.
 */
export function decoderInit({ channels, space }: TinyVae): GraphBuilder {
  const graph = new GraphBuilder();
  graph.input('latents', [1, channels, 1, ...LATENT_AREA]);
  toFrames(graph, 'latents', space);
  graph.node('Identity', ['latents'], 'cache_0');
  graph.node('Identity', [graph.constant('none', Float32Array.of(0), [1])], 'cache_1');
  graph.output('frames', [1, 3, 1, ...FRAME_AREA]);
  graph.output('cache_0', [1, channels, 1, ...LATENT_AREA]);
  graph.output('cache_1', [1]);
  return graph;
}

/**
 * Four frames on the way from the latents before to these, the last of which is theirs, each 1/64 lighter for every
 * step taken.
 */
export function decoderStep({ channels, space }: TinyVae): GraphBuilder {
  const graph = new GraphBuilder();
  graph.input('latents', [1, channels, 1, ...LATENT_AREA]);
  graph.input('cache_0', [1, channels, 1, ...LATENT_AREA]);
  graph.input('cache_1', [1]);
  const change = graph.node('Sub', ['latents', 'cache_0'], 'change');
  const frames = [1, 2, 3, 4].map((quarters) => {
    const share = graph.constant(`share_${quarters}`, Float32Array.of(quarters / 4), [1]);
    return graph.node(
      'Add',
      ['cache_0', graph.node('Mul', [change, share], `way_${quarters}`)],
      `at_${quarters}`,
    );
  });
  const group = graph.node('Concat', frames, 'group', { axis: 2 });
  const one = graph.constant('one', Float32Array.of(1), [1]);
  const taken = graph.node('Add', ['cache_1', one], 'next_cache_1');
  const light = graph.node(
    'Mul',
    [taken, graph.constant('light', Float32Array.of(1 / 64), [1])],
    'lightness',
  );
  toFrames(graph, graph.node('Add', [group, light], 'lit'), space);
  graph.node('Identity', ['latents'], 'next_cache_0');
  graph.output('frames', [1, 3, 4, ...FRAME_AREA]);
  graph.output('next_cache_0', [1, channels, 1, ...LATENT_AREA]);
  graph.output('next_cache_1', [1]);
  return graph;
}

function toFrames(graph: GraphBuilder, latents: string, space: number): void {
  const bounds = [
    graph.integers('first', [0]),
    graph.integers('third', [3]),
    graph.integers('channel_axis', [1]),
  ];
  const colours = graph.node('Slice', [latents, ...bounds], 'colours');
  const scales = graph.constant('scales', Float32Array.of(1, 1, 1, space, space), [5]);
  graph.node('Resize', [colours, '', scales], 'frames', NEAREST);
}

/**
 * Channel c has c + 1 times a colour's mean over the pixels of a latent, and after the means stand logarithms of
 * variances that nobody should use, 99. Left behind: the colours' means.
 */
export function encoderInit(vae: TinyVae): GraphBuilder {
  const graph = new GraphBuilder();
  graph.input('frames', [1, 3, 1, ...FRAME_AREA]);
  const means = pool(graph, 'cache_0', 1, vae.space);
  moments(graph, means, vae);
  graph.output('cache_0', [1, 3, 1, ...LATENT_AREA]);
  return graph;
}

/**
 * The same of the mean of four frames, and the means of the frame before these on top of it. Left behind: those of
 * the last.
 */
export function encoderStep(vae: TinyVae): GraphBuilder {
  const graph = new GraphBuilder();
  graph.input('frames', [1, 3, 4, ...FRAME_AREA]);
  graph.input('cache_0', [1, 3, 1, ...LATENT_AREA]);
  moments(graph, graph.node('Add', [pool(graph, 'group', 4, vae.space), 'cache_0'], 'sum'), vae);
  const bounds = [
    graph.integers('third', [3]),
    graph.integers('fourth', [4]),
    graph.integers('time_axis', [2]),
  ];
  graph.node('Slice', [pool(graph, 'each', 1, vae.space), ...bounds], 'next_cache_0');
  graph.output('next_cache_0', [1, 3, 1, ...LATENT_AREA]);
  return graph;
}

function pool(graph: GraphBuilder, name: string, time: number, space: number): string {
  const kernel = [time, space, space];
  return graph.node('AveragePool', ['frames'], name, { kernel_shape: kernel, strides: kernel });
}

function moments(graph: GraphBuilder, means: string, { channels }: TinyVae): void {
  const weights = Array.from({ length: 2 * channels * 3 }, (_, at) => {
    const channel = Math.floor(at / 3);
    return channel < channels && at % 3 === channel % 3 ? channel + 1 : 0;
  });
  const kernel = graph.constant('kernel', Float32Array.from(weights), [2 * channels, 3, 1, 1, 1]);
  const variances = Float32Array.from({ length: 2 * channels }, (_, at) => (at < channels ? 0 : 99));
  graph.node('Conv', [means, kernel, graph.constant('variances', variances, [2 * channels])], 'moments');
  graph.output('moments', [1, 2 * channels, 1, ...LATENT_AREA]);
}
