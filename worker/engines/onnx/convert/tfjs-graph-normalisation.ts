import type { TfjsGraph } from './tfjs-graph-nodes.ts';

/** `scale * (x - mean) / sqrt(variance + epsilon) + offset`, over each channel of each picture. */
export interface InstanceNormalisation {
  /** Names of what is normalised and of the weights. */
  input: string;
  scale: string;
  offset: string;
  epsilon: string;
}

/**
 * What an Add normalises, where it is the end of instance normalisation (Ulyanov et al., 2016) as TensorFlow spells it:
 * `x * factor + (offset - mean * factor)` with `factor = rsqrt(variance + epsilon) * scale`. One operator of ONNX does
 * as much without the eight big tensors between.
 */
export function instanceNormalisation(graph: TfjsGraph, add: string): InstanceNormalisation | undefined {
  const [scaled, shift] = graph.operands(add, 'Add');
  const [input, factor] = graph.operands(scaled, 'Mul');
  const [offset, drift] = graph.operands(shift, 'Sub');
  const [mean, sameFactor] = graph.operands(drift, 'Mul');
  const [deviation, scale] = graph.operands(factor, 'Mul');
  const [stabilised] = graph.operands(deviation, 'Rsqrt');
  const [variance, epsilon] = graph.operands(stabilised, 'Add');
  const [squares, axes] = graph.operands(variance, 'Mean');
  const [sameInput, sameMean] = graph.operands(squares, 'SquaredDifference');
  const [averaged, sameAxes] = graph.operands(mean, 'Mean');
  if (!input || !scale || !offset || !epsilon || !axes) return undefined;
  const isWhole = sameFactor === factor && sameMean === mean && sameInput === input && averaged === input;
  const isOverPicture = [axes, sameAxes!].every((name) => graph.weight(name).values.join() === '1,2');
  return isWhole && isOverPicture ? { input, scale, offset, epsilon } : undefined;
}
