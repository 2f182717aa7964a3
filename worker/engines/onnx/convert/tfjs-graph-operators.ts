import { z } from 'zod';
import { float, type GraphBuilder } from './graph.ts';
import { instanceNormalisation } from './tfjs-graph-normalisation.ts';
import type { TfjsGraph, TfjsNode } from './tfjs-graph-nodes.ts';
import { kernelOf } from './tfjs-kernel.ts';
import { unfit } from './tfjs-weights.ts';

/** An operation that is to become operators of ONNX. */
export interface OperationSite {
  source: TfjsGraph;
  graph: GraphBuilder;
  node: TfjsNode;
  /** Name of the tensor that another operation gives. */
  tensor(operation: string): string;
}

/**
 * Adds an operation to the graph; what it gives bears its name. TensorFlow lays these pictures out as NHWC, these graphs
 * as NCHW. Throws AppError `model_unfit` where it is set in a way that no embedded network is.
 */
export type Operation = (site: OperationSite) => void;

/** Where each dimension of NHWC lies in NCHW. */
const AXES = [0, 2, 3, 1];
/** Larger than any side: the end of whatever is cut. */
const TO_THE_END = 2 ** 31 - 1;

const nhwc = z.literal('NHWC');
const pictureStride = z.tuple([z.literal(1), z.int(), z.int(), z.literal(1)]);
const convolution = z.object({
  data_format: nhwc,
  padding: z.literal('VALID'),
  dilations: z.tuple([z.literal(1), z.literal(1), z.literal(1), z.literal(1)]),
  strides: pictureStride,
});

const placeholder = operation(
  z.object({ shape: z.tuple([z.int(), z.int(), z.int(), z.int().positive()]) }),
  ({ graph, node }, { shape }) => graph.input(node.name, [1, shape[3], 'height', 'width']),
);

const conv2d = operation(convolution, (site, { strides }) => {
  const [input, kernel] = site.node.input;
  convolve(site, 'Conv', [input!, kernel!], strides);
});

/** Its first operand, the size of what it gives, says no more than its stride does where nothing is padded. */
const conv2dBackpropInput = operation(convolution, (site, { strides }) => {
  const [, kernel, input] = site.node.input;
  convolve(site, 'ConvTranspose', [input!, kernel!], strides);
});

function convolve(
  { source, graph, node: { name }, tensor }: OperationSite,
  opType: 'Conv' | 'ConvTranspose',
  [input, kernel]: readonly [string, string],
  [, down, across]: z.infer<typeof pictureStride>,
): void {
  const { shape, values } = kernelOf(source.weight(kernel));
  const operands = [tensor(input), graph.constant(`${name}/kernel`, values, shape)];
  graph.node(opType, operands, name, { strides: [down, across] });
}

const biasAdd = operation(z.object({ data_format: nhwc }), ({ source, graph, node, tensor }) => {
  const [input, bias] = node.input;
  const { values } = source.weight(bias!);
  const operand = graph.constant(`${node.name}/bias`, values, [values.length, 1, 1]);
  graph.node('Add', [tensor(input!), operand], node.name);
});

/** With zeros: those before and behind each dimension. */
const pad = operation(z.object({}), ({ source, graph, node, tensor }) => {
  const [input, paddings] = node.input;
  const { values } = source.weight(paddings!);
  const pads = Array.from({ length: 8 }, () => 0);
  AXES.forEach((axis, at) => {
    pads[axis] = values[at * 2]!;
    pads[axis + 4] = values[at * 2 + 1]!;
  });
  graph.node('Pad', [tensor(input!), graph.integers(`${node.name}/pads`, pads)], node.name);
});

const stridedSlice = operation(
  z.object({
    begin_mask: z.int(),
    end_mask: z.int(),
    ellipsis_mask: z.literal(0),
    new_axis_mask: z.literal(0),
    shrink_axis_mask: z.literal(0),
  }),
  ({ source, graph, node: { name, input }, tensor }, { begin_mask: openBegin, end_mask: openEnd }) => {
    const [begin, end, steps] = input.slice(1).map((operand) => [...source.weight(operand).values]);
    const starts = begin!.map((at, axis) => (isSet(openBegin, axis) ? 0 : at));
    const ends = end!.map((at, axis) => (isSet(openEnd, axis) ? TO_THE_END : at));
    const list = (what: string, values: number[]) => graph.integers(`${name}/${what}`, values);
    const axes = AXES.slice(0, starts.length);
    const operands = [list('starts', starts), list('ends', ends), list('axes', axes), list('steps', steps!)];
    graph.node('Slice', [tensor(input[0]!), ...operands], name);
  },
);

const add = operation(z.object({}), ({ source, graph, node: { name, input }, tensor }) => {
  const norm = instanceNormalisation(source, name);
  if (!norm) {
    graph.node('Add', input.map(tensor), name);
    return;
  }
  const [scale, offset] = (['scale', 'offset'] as const).map((what) => {
    const { values, shape } = source.weight(norm[what]);
    return graph.constant(`${name}/${what}`, values, shape);
  });
  const epsilon = float(source.weight(norm.epsilon).values[0]!);
  graph.node('InstanceNormalization', [tensor(norm.input), scale!, offset!], name, { epsilon });
});

/** Those of the embedded networks. https://www.tensorflow.org/api_docs/python/tf/raw_ops says what each does. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['Placeholder', placeholder],
  ['Conv2D', conv2d],
  ['Conv2DBackpropInput', conv2dBackpropInput],
  ['BiasAdd', biasAdd],
  ['Pad', pad],
  ['StridedSlice', stridedSlice],
  ['Add', add],
  ['Relu', sameName('Relu')],
  ['Tanh', sameName('Tanh')],
]);

/** One that ONNX has under the same name, of one operand. */
function sameName(opType: string): Operation {
  return ({ graph, node: { name, input }, tensor }) => void graph.node(opType, [tensor(input[0]!)], name);
}

/** One whose attributes have to be of a certain form. */
function operation<T>(settings: z.ZodType<T>, emit: (site: OperationSite, settings: T) => void): Operation {
  return (site) => {
    const { name, op, attr } = site.node;
    const parsed = settings.safeParse(attr);
    if (!parsed.success) throw unfit(`its ${op} ${name} is set in another way`, parsed.error);
    emit(site, parsed.data);
  };
}

function isSet(mask: number, bit: number): boolean {
  return ((mask >> bit) & 1) === 1;
}
