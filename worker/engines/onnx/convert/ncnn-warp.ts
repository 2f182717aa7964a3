import type { GraphBuilder } from './graph.ts';
import type { EmitLayer, Grid } from './ncnn-emission.ts';
import { emitWidthAndHeight } from './ncnn-fit.ts';

/**
 * RIFE's own operator: each pixel of the result is the one of the image that the flow, in pixels, points at from there;
 * between pixels bilinear, beyond the edge the edge. ONNX samples at places that run from -1 to 1 between the centres
 * of the outermost pixels.
 * Source: warp.cpp of https://github.com/nihui/rife-ncnn-vulkan
 */
export const warp: EmitLayer = ({ name, inputs, outputs }, { graph, grids }) => {
  const [image, flow] = inputs as [string, string];
  const grid = grids.get(image) ?? emitGrid(image, graph);
  grids.set(image, grid);
  const offsets = graph.node('Mul', [flow, grid.pixel], `${name}_offsets`);
  const places = graph.node('Add', [offsets, grid.places], `${name}_places`);
  const pairs = graph.node('Transpose', [places], `${name}_pairs`, { perm: [0, 2, 3, 1] });
  const sampling = { mode: 'bilinear', padding_mode: 'border', align_corners: 1 };
  graph.node('GridSample', [image, pairs], outputs[0]!, sampling);
};

function emitGrid(image: string, graph: GraphBuilder): Grid {
  const named = (what: string) => `${image}_grid_${what}`;
  const number = (what: string, value: number) => graph.constant(named(what), Float32Array.of(value), [1]);
  const shape = graph.node('Shape', [image], named('shape'));
  const [start, end] = [graph.integers(named('rows'), [2]), graph.integers(named('end'), [4])];
  const sides = graph.node('Slice', [shape, start, end], named('sides'));
  const sizes = graph.node('Concat', [graph.integers(named('pair'), [1, 2]), sides], named('sizes'), {
    axis: 0,
  });
  // The x and y of the four corners, spread evenly over all pixels.
  const corners = graph.constant(named('corners'), Float32Array.of(-1, 1, -1, 1, -1, -1, 1, 1), [1, 2, 2, 2]);
  const evenly = { mode: 'linear', coordinate_transformation_mode: 'align_corners' };
  const places = graph.node('Resize', [corners, '', '', sizes], named('places'), evenly);

  const pixels = emitWidthAndHeight(image, named('size'), graph);
  const gaps = graph.node('Sub', [pixels, number('edge', 1)], named('gaps'));
  const gap = graph.node('Div', [number('breadth', 2), gaps], named('gap'));
  const pixel = graph.node('Reshape', [gap, graph.integers(named('column'), [1, 2, 1, 1])], named('pixel'));
  return { places, pixel };
}
