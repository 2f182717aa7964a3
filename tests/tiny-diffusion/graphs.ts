import { type Dimension, type ElementType, GraphBuilder } from '#worker/engines/onnx/convert/graph';
import { VOCABULARY, WORDS } from './words.ts';

/*
 * Graphs with the names, types and shapes that exporters of Stable Diffusion give theirs, whose arithmetic can be followed:
 * latents are twice the mean colour (-1..1) of 8x8 pixels, and the UNet is the exact denoiser of normally distributed
 * latents around what the prompt says.
 */

/** What differs from one exporter to the next. */
export interface Layout {
  /** Type of the numbers of all inputs and outputs that are not ids. */
  floats: 'float32' | 'float16';
  ids: 'int32' | 'int64';
  timestep: { type: 'float32' | 'float16' | 'int64'; isList: boolean };
  /** What the encoder gives: where the latents lie, and how sure that is; or some that it drew itself, with noise of this deviation. */
  encoder: { kind: 'parameters'; logVariance: number } | { kind: 'drawn'; deviation: number };
  /** Whether the UNet is told of guidance. */
  isDistilled: boolean;
  /** How far latents lie from what the prompt says, in the world that the UNet knows. */
  spread: number;
}

/** Width of the text encoder's states; 768 in the real one. */
const WIDTH = 8;
/** Latents per unit of colour, and what the decoder takes them by. */
const PER_COLOUR = 2;
const SCALING = 0.18215;
const FLOAT = 1;
const HALF = 10;
const LONG = 7;

export function textEncoder({ ids, floats }: Layout): Uint8Array {
  const graph = new GraphBuilder();
  const table = new Float32Array(Object.keys(VOCABULARY).length * WIDTH);
  for (const [word, latents] of Object.entries(WORDS)) table.set(latents, VOCABULARY[`${word}</w>`]! * WIDTH);
  graph.input('input_ids', ['batch_size', 77], ids);
  graph.constant('table', table, [table.length / WIDTH, WIDTH]);
  graph.node('Gather', ['table', 'input_ids'], 'states');
  graph.node('ReduceMean', ['states'], 'pooled', { axes: [1], keepdims: 0 });
  give(graph, 'states', 'last_hidden_state', ['batch_size', 77, WIDTH], floats);
  give(graph, 'pooled', 'pooler_output', ['batch_size', WIDTH], floats);
  return graph.encode();
}

export function vaeEncoder({ encoder, floats }: Layout): Uint8Array {
  const graph = new GraphBuilder();
  take(graph, 'sample', ['batch_size', 3, 'height', 'width'], floats);
  graph.node('AveragePool', ['sample:float'], 'colours', { kernel_shape: [8, 8], strides: [8, 8] });
  graph.constant('weights', diagonal(4, 3, PER_COLOUR / SCALING), [4, 3, 1, 1]);
  graph.node('Conv', ['colours', 'weights'], 'mean');
  if (encoder.kind === 'parameters') {
    graph.constant('logarithm', Float32Array.of(encoder.logVariance), [1]);
    graph.node('Sub', ['mean', 'mean'], 'zeros');
    graph.node('Add', ['zeros', 'logarithm'], 'logarithms');
    graph.node('Concat', ['mean', 'logarithms'], 'parameters', { axis: 1 });
    give(graph, 'parameters', 'latent_parameters', latentShape(8), floats);
  } else {
    graph.constant('deviation', Float32Array.of(encoder.deviation / SCALING), [1]);
    graph.node('RandomNormalLike', ['mean'], 'noise', { dtype: FLOAT });
    graph.node('Mul', ['noise', 'deviation'], 'drawn');
    graph.node('Add', ['mean', 'drawn'], 'latents');
    give(graph, 'latents', 'latent_sample', latentShape(4), floats);
  }
  return graph.encode();
}

function latentShape(channels: number): Dimension[] {
  return ['batch_size', channels, 'height_latent', 'width_latent'];
}

export function vaeDecoder({ floats }: Layout): Uint8Array {
  const graph = new GraphBuilder();
  take(graph, 'latent_sample', latentShape(4), floats);
  graph.constant('weights', diagonal(3, 4, SCALING / PER_COLOUR), [3, 4, 1, 1]);
  graph.node('Conv', ['latent_sample:float', 'weights'], 'colours');
  graph.constant('scales', Float32Array.of(1, 1, 8, 8), [4]);
  graph.node('Resize', ['colours', '', 'scales'], 'picture', { mode: 'nearest' });
  give(graph, 'picture', 'sample', ['batch_size', 3, 'height', 'width'], floats);
  return graph.encode();
}

/**
 * With signal share a at the timestep, spread s and the prompt's latents c, what is expected of the clean latents is
 * c + s² sqrt(a) / (a s² + 1 - a) (x - sqrt(a) c): the noise is what is left over.
 */
export function unet({ floats, timestep, isDistilled, spread }: Layout): Uint8Array {
  const graph = new GraphBuilder();
  take(graph, 'sample', ['batch_size', 4, 'height', 'width'], floats);
  graph.input('timestep', timestep.isList ? ['steps'] : [], timestep.type);
  take(graph, 'encoder_hidden_states', ['batch_size', 77, WIDTH], floats);
  if (isDistilled) take(graph, 'timestep_cond', ['batch_size', 256], floats);
  graph.constant('kept', keptShares(), [1000]);
  graph.constant('variance', Float32Array.of(spread ** 2), [1]);
  graph.constant('one', Float32Array.of(1), [1]);
  graph.integers('single', [1]);
  graph.node('Cast', ['timestep'], 'word', { to: LONG });
  graph.node('Reshape', ['word', 'single'], 'index');
  graph.node('Gather', ['kept', 'index'], 'a');
  graph.node('Sub', ['one', 'a'], 'rest');
  graph.node('Sqrt', ['a'], 'signal');
  graph.node('Sqrt', ['rest'], 'noise');
  addTarget(graph, isDistilled);
  graph.node('Mul', ['signal', 'target'], 'centre');
  graph.node('Sub', ['sample:float', 'centre'], 'aside');
  graph.node('Mul', ['a', 'variance'], 'own');
  graph.node('Add', ['own', 'rest'], 'all');
  graph.node('Mul', ['variance', 'signal'], 'gain');
  graph.node('Div', ['gain', 'all'], 'share');
  graph.node('Mul', ['share', 'aside'], 'kept-aside');
  graph.node('Add', ['target', 'kept-aside'], 'clean');
  graph.node('Mul', ['signal', 'clean'], 'clean-part');
  graph.node('Sub', ['sample:float', 'clean-part'], 'noise-part');
  graph.node('Div', ['noise-part', 'noise'], 'said');
  give(graph, 'said', 'out_sample', ['batch_size', 4, 'height', 'width'], floats);
  return graph.encode();
}

/** The sum of what the words say; a distilled network adds a hundredth of how far its guidance is from none. */
function addTarget(graph: GraphBuilder, isDistilled: boolean): void {
  graph.integers('tokens', [1]);
  graph.node('ReduceSum', ['encoder_hidden_states:float', 'tokens'], 'sum', { keepdims: 0 });
  graph.integers('from', [0]);
  graph.integers('to', [4]);
  graph.node('Slice', ['sum', 'from', 'to', 'tokens'], 'channels');
  graph.integers('planes', [1, 4, 1, 1]);
  graph.node('Reshape', ['channels', 'planes'], isDistilled ? 'words' : 'target');
  if (!isDistilled) return;
  graph.constant('none', Float32Array.of(128), [1]);
  graph.constant('hundredth', Float32Array.of(0.01), [1]);
  graph.node('ReduceSum', ['timestep_cond:float', 'tokens'], 'waves', { keepdims: 0 });
  graph.node('Sub', ['waves', 'none'], 'guidance');
  graph.node('Mul', ['guidance', 'hundredth'], 'shift');
  graph.node('Add', ['words', 'shift'], 'target');
}

/** The share of the signal's variance at every training step; DIFFUSION's anchors hold for it in the samplers' tests. */
export function keptShares(): Float32Array {
  let product = 1;
  return Float32Array.from({ length: 1000 }, (_, i) => {
    const root = Math.sqrt(0.00085) + ((Math.sqrt(0.012) - Math.sqrt(0.00085)) * i) / 999;
    product *= 1 - root ** 2;
    return product;
  });
}

/** An input, and the same as 32-bit floats by the name with `:float` after it. */
function take(graph: GraphBuilder, name: string, dimensions: readonly Dimension[], type: ElementType): void {
  graph.input(name, dimensions, type);
  graph.node('Cast', [name], `${name}:float`, { to: FLOAT });
}

function give(
  graph: GraphBuilder,
  from: string,
  name: string,
  dimensions: readonly Dimension[],
  type: ElementType,
): void {
  graph.node('Cast', [from], name, { to: type === 'float16' ? HALF : FLOAT });
  graph.output(name, dimensions, type);
}

function diagonal(rows: number, columns: number, value: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, i) =>
    Math.floor(i / columns) === i % columns ? value : 0,
  );
}
