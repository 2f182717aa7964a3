import type { GraphBuilder } from './graph.ts';
import type { EmitLayer } from './ncnn-emission.ts';

/** ONNX's number for the type float32. */
const FLOAT = 1;

/** A blob at the rows and columns of another, bilinear, pixels taken as squares. */
export const fit: EmitLayer = ({ name, inputs, outputs }, { graph }) => {
  emitFit(inputs as [string, string], name, outputs[0]!, graph);
};

/** The same of a flow, whose lengths are in pixels: they become those of the new size. */
export const fitFlow: EmitLayer = ({ name, inputs, outputs }, { graph }) => {
  const [flow, like] = inputs as [string, string];
  const fitted = emitFit([flow, like], name, `${name}_in_old_pixels`, graph);
  const sizes = [like, flow].map((blob, i) => emitWidthAndHeight(blob, `${name}_${i}`, graph));
  const factors = graph.node('Div', sizes, `${name}_factors`);
  const column = graph.integers(`${name}_column`, [1, 2, 1, 1]);
  const factor = graph.node('Reshape', [factors, column], `${name}_factor`);
  graph.node('Mul', [fitted, factor], outputs[0]!);
};

function emitFit([blob, like]: [string, string], name: string, output: string, graph: GraphBuilder): string {
  const [front, middle, end] = [0, 2, 4].map((at) => graph.integers(`${name}_at_${at}`, [at]));
  const shapes = [blob, like].map((tensor, i) => graph.node('Shape', [tensor], `${name}_shape_${i}`));
  const outer = graph.node('Slice', [shapes[0]!, front!, middle!], `${name}_outer`);
  const inner = graph.node('Slice', [shapes[1]!, middle!, end!], `${name}_inner`);
  const sizes = graph.node('Concat', [outer, inner], `${name}_sizes`, { axis: 0 });
  const halfPixels = { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
  return graph.node('Resize', [blob, '', '', sizes], output, halfPixels);
}

/** Two floats. */
export function emitWidthAndHeight(blob: string, name: string, graph: GraphBuilder): string {
  const shape = graph.node('Shape', [blob], `${name}_dimensions`);
  const backwards = [[3], [1], [0], [-1]].map((values, i) => graph.integers(`${name}_slice_${i}`, values));
  const reversed = graph.node('Slice', [shape, ...backwards], `${name}_reversed`);
  return graph.node('Cast', [reversed], `${name}_width_and_height`, { to: FLOAT });
}
