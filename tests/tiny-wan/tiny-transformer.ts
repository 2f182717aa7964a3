import { GraphBuilder } from '#worker/engines/onnx/convert/graph';

/** What a tiny transformer takes. */
export interface TinyTransformer {
  channels: number;
  /** With those of mask and picture. */
  channelsTaken: number;
  perToken: boolean;
  text: { length: number; width: number };
  /** Pictures whose CLIP states it takes; 0 where it takes none. */
  pictures: number;
  /** 1, or -1 for the expert of low noise, whose every answer is the other's opposite. */
  sign: 1 | -1;
}

const VOLUME = ['latent_frames', 'latent_height', 'latent_width'];

/**
 * A velocity that shows what went in: each channel of it is that channel of the latents, plus the timestep (of the
 * token), 10 and 20 times the first and the last number of the text, 40 and 80 times those of the image states; and
 * where mask and picture are channels, 100, 200, 300 and 400 times the mask's, and 1000 times its own of the picture.
 */
export function transformer(of: TinyTransformer): GraphBuilder {
  const graph = new GraphBuilder();
  graph.input('hidden_states', [1, of.channelsTaken, ...VOLUME]);
  graph.input('timestep', of.perToken ? [1, 'tokens'] : [1]);
  graph.input('encoder_hidden_states', [1, of.text.length, of.text.width]);
  const terms = [
    graph.node('Conv', ['hidden_states', kernel(graph, of)], 'seen'),
    of.perToken ? tokenTimes(graph) : 'timestep',
    ...corners(graph, 'encoder_hidden_states', 10),
  ];
  if (of.pictures > 0) {
    graph.input('encoder_hidden_states_image', [of.pictures, 257, 1280]);
    terms.push(...corners(graph, 'encoder_hidden_states_image', 40));
  }
  const sum = terms.reduce((left, right) => graph.node('Add', [left, right], `${left}_${right}`));
  graph.node('Mul', [sum, graph.constant('sign', Float32Array.of(of.sign), [1])], 'velocity');
  graph.output('velocity', [1, of.channels, ...VOLUME]);
  return graph;
}

function kernel(graph: GraphBuilder, { channels, channelsTaken }: TinyTransformer): string {
  const mask = channelsTaken - 2 * channels;
  const weights = Array.from({ length: channels * channelsTaken }, (_, at) => {
    const [to, from] = [Math.floor(at / channelsTaken), at % channelsTaken];
    if (from < channels) return from === to ? 1 : 0;
    if (from < channels + mask) return 100 * (from - channels + 1);
    return from - channels - mask === to ? 1000 : 0;
  });
  return graph.constant('kernel', Float32Array.from(weights), [channels, channelsTaken, 1, 1, 1]);
}

/** The timesteps of tokens, by latent frame, row and column, at each of the two rows and columns a token stands for. */
function tokenTimes(graph: GraphBuilder): string {
  const shape = graph.node('Shape', ['hidden_states'], 'shape');
  const volume = graph.node(
    'Slice',
    [shape, graph.integers('two', [2]), graph.integers('end', [5])],
    'volume',
  );
  const tokens = graph.node('Div', [volume, graph.integers('patch', [1, 2, 2])], 'token_volume');
  const grid = graph.node('Concat', [graph.integers('pair', [1, 1]), tokens], 'token_shape', { axis: 0 });
  const times = graph.node('Reshape', ['timestep', grid], 'token_times');
  const scales = graph.constant('scales', Float32Array.of(1, 1, 1, 2, 2), [5]);
  const nearest = { mode: 'nearest', nearest_mode: 'floor', coordinate_transformation_mode: 'asymmetric' };
  return graph.node('Resize', [times, '', scales], 'time', nearest);
}

/** The first number of a tensor of three dimensions, times `weight`, and the last, times twice as much. */
function corners(graph: GraphBuilder, name: string, weight: number): string[] {
  const corner = (place: string, start: number, end: number, times: number) => {
    const bounds = [start, end].map((at, which) => graph.integers(`${name}_${place}_${which}`, [at, at, at]));
    const one = graph.node('Slice', [name, ...bounds], `${name}_${place}`);
    const factor = graph.constant(`${name}_${place}_factor`, Float32Array.of(times), [1]);
    return graph.node('Mul', [one, factor], `${name}_${place}_term`);
  };
  return [corner('first', 0, 1, weight), corner('last', -1, Number.MAX_SAFE_INTEGER, 2 * weight)];
}
