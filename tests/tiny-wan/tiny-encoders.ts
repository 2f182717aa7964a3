import { GraphBuilder } from '#worker/engines/onnx/convert/graph';

/** Token id times the place along the width, and one more: the rows of padding are not zeros by themselves. */
export function textEncoder(length: number, width: number): GraphBuilder {
  const graph = new GraphBuilder();
  graph.input('input_ids', [1, length], 'int64');
  graph.input('attention_mask', [1, length], 'int64');
  const axes = graph.integers('axes', [2]);
  const floats = (name: string) =>
    graph.node('Unsqueeze', [graph.node('Cast', [name], `${name}_float`, { to: 1 }), axes], `${name}_column`);
  const ramp = graph.constant(
    'ramp',
    Float32Array.from({ length: width }, (_, at) => at),
    [1, 1, width],
  );
  const product = graph.node('Mul', [floats('input_ids'), ramp], 'product');
  graph.node('Add', [product, onesOf(graph, floats('attention_mask'))], 'last_hidden_state');
  graph.output('last_hidden_state', [1, length, width]);
  return graph;
}

/** The mask has to be there, and makes no difference: what it is for is attention. */
function onesOf(graph: GraphBuilder, mask: string): string {
  const zero = graph.constant('zero', Float32Array.of(0), [1]);
  const one = graph.constant('one', Float32Array.of(1), [1]);
  return graph.node('Add', [graph.node('Mul', [mask, zero], 'zeros'), one], 'ones');
}

/**
 * The mean of each colour of the normalised picture: red in the first state of each token, then green, blue and
 * zeros.
 */
export function clip(tokens: number, width: number): GraphBuilder {
  const graph = new GraphBuilder();
  graph.input('pixel_values', [1, 3, 224, 224]);
  const means = graph.node('ReduceMean', ['pixel_values'], 'means', { axes: [2, 3], keepdims: 0 });
  const colours = Float32Array.from({ length: 3 * width }, (_, at) =>
    at % width === Math.floor(at / width) ? 1 : 0,
  );
  const placed = graph.node('MatMul', [means, graph.constant('colours', colours, [3, width])], 'placed');
  const ones = graph.constant('ones', new Float32Array(tokens).fill(1), [1, tokens, 1]);
  graph.node('Mul', [ones, placed], 'image_states');
  graph.output('image_states', [1, tokens, width]);
  return graph;
}
