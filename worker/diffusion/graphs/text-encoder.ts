import { integerTensor } from '#worker/engines/onnx/tensors';
import type { GraphSet } from './graph-set.ts';
import { runGraph, takeFloats } from './run-graph.ts';
import type { TextTokens } from './video-graphs.ts';

/** States of a text, [length, width]; the rows of its padding, which the transformer looks at too, are zeros. */
export async function encodeText(set: GraphSet, { ids, mask }: TextTokens): Promise<Float32Array> {
  const { graphs, tokenizer, text } = set.index;
  const { inputs, outputs } = graphs.text_encoder;
  const row = [1, tokenizer.length];
  const feeds = { [inputs.ids]: integerTensor(ids, row), [inputs.mask]: integerTensor(mask, row) };
  const results = await runGraph(set, 'text_encoder', feeds, [outputs.states]);
  const output = [outputs.states, results[outputs.states]!] as const;
  const states = takeFloats(set, 'text_encoder', output, [...row, text.width]);
  return states.fill(0, mask.filter((one) => one !== 0n).length * text.width);
}
