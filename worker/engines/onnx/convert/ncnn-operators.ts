import { float } from './graph.ts';
import { CONVOLUTION_PARAMS, convolution, deconvolution } from './ncnn-convolution.ts';
import { type EmitLayer, paramOf } from './ncnn-emission.ts';
import { fit, fitFlow } from './ncnn-fit.ts';
import { COPY, FIT, FIT_FLOW } from './ncnn-full-size.ts';
import { type NcnnLayer, unfitNcnn } from './ncnn-param.ts';
import { warp } from './ncnn-warp.ts';

/** By the number that ncnn gives them; from `REVERSED` on, with the operands changed over. */
const BINARY_OPERATORS: Readonly<Record<number, string>> = {
  0: 'Add',
  1: 'Sub',
  2: 'Mul',
  3: 'Div',
  7: 'Sub',
  8: 'Div',
};
const REVERSED = 7;
const BILINEAR = 2;
const SUM = 1;

/** Of two blobs, or of a blob and a number. */
const binaryOp: EmitLayer = (layer, { graph }) => {
  const kind = paramOf(layer, 0, 0);
  const opType = BINARY_OPERATORS[kind];
  if (!opType) throw unfitNcnn(`It has a BinaryOp of the kind ${kind}, which is not known here`);
  const operands = [...layer.inputs];
  if (paramOf(layer, 1, 0) === 1) {
    operands.push(graph.constant(`${layer.name}_number`, Float32Array.of(paramOf(layer, 2, 0)), []));
  }
  graph.node(opType, kind < REVERSED ? operands : operands.toReversed(), layer.outputs[0]!);
};

/** Along the channels. */
const concat: EmitLayer = ({ inputs, outputs }, { graph }) => {
  graph.node('Concat', inputs, outputs[0]!, { axis: 1 });
};

/** Axes count from the channels, which in ONNX come after the batch. */
const crop: EmitLayer = ({ name, inputs, outputs, params }, { graph }) => {
  const starts = graph.integers(`${name}_starts`, params.get(9) ?? []);
  const ends = graph.integers(`${name}_ends`, params.get(10) ?? []);
  const axes = graph.integers(
    `${name}_axes`,
    (params.get(11) ?? []).map((axis) => axis + 1),
  );
  graph.node('Slice', [inputs[0]!, starts, ends, axes], outputs[0]!);
};

/** Of two blobs, each times its own number. */
const weightedSum: EmitLayer = (layer, { graph }) => {
  const { name, inputs, outputs, params } = layer;
  if (paramOf(layer, 0, 0) !== SUM) throw unfitNcnn('It has an Eltwise that is no sum');
  const terms = inputs.map((input, i) => {
    const weight = graph.constant(`${name}_weight_${i}`, Float32Array.of(params.get(1)?.[i] ?? 1), []);
    return graph.node('Mul', [input, weight], `${name}_term_${i}`);
  });
  graph.node('Sum', terms, outputs[0]!);
};

/** By factors, pixels taken as squares rather than as points. */
const interpolate: EmitLayer = (layer, { graph }) => {
  if (paramOf(layer, 0, 0) !== BILINEAR) throw unfitNcnn('It has an Interp that is not bilinear');
  const factors = Float32Array.of(1, 1, paramOf(layer, 1, 1), paramOf(layer, 2, 1));
  const scales = graph.constant(`${layer.name}_scales`, factors, [4]);
  const halfPixels = { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
  graph.node('Resize', [layer.inputs[0]!, '', scales], layer.outputs[0]!, halfPixels);
};

/** The channels of a block of pixels lie next to each other. */
const pixelShuffle: EmitLayer = (layer, { graph }) => {
  const attributes = { blocksize: paramOf(layer, 0, 1), mode: 'CRD' };
  graph.node('DepthToSpace', [layer.inputs[0]!], layer.outputs[0]!, attributes);
};

const leakyRelu: EmitLayer = (layer, { graph }) => {
  graph.node('LeakyRelu', [layer.inputs[0]!], layer.outputs[0]!, { alpha: float(paramOf(layer, 0, 0)) });
};

const sigmoid: EmitLayer = ({ inputs, outputs }, { graph }) => {
  graph.node('Sigmoid', inputs, outputs[0]!);
};

const copy: EmitLayer = ({ inputs, outputs }, { graph }) => {
  graph.node('Identity', inputs, outputs[0]!);
};

interface Operator {
  /** Ids of the parameters it minds. */
  params: readonly number[];
  emit: EmitLayer;
}

/** Only what the networks of the catalogue are made of. Source: https://github.com/Tencent/ncnn/wiki/operators */
const OPERATORS: Readonly<Record<string, Operator>> = {
  BinaryOp: { params: [0, 1, 2], emit: binaryOp },
  Concat: { params: [], emit: concat },
  Convolution: { params: CONVOLUTION_PARAMS, emit: convolution },
  Crop: { params: [9, 10, 11], emit: crop },
  Deconvolution: { params: CONVOLUTION_PARAMS, emit: deconvolution },
  Eltwise: { params: [0, 1], emit: weightedSum },
  Interp: { params: [0, 1, 2], emit: interpolate },
  PixelShuffle: { params: [0], emit: pixelShuffle },
  ReLU: { params: [0], emit: leakyRelu },
  Sigmoid: { params: [], emit: sigmoid },
  'rife.Warp': { params: [], emit: warp },
  [COPY]: { params: [], emit: copy },
  [FIT]: { params: [], emit: fit },
  [FIT_FLOW]: { params: [], emit: fitFlow },
};

/** What a layer becomes. Throws AppError `model_unfit` where it means something that is not known here. */
export function operatorOf({ type, params }: NcnnLayer): EmitLayer {
  const operator = Object.hasOwn(OPERATORS, type) ? OPERATORS[type] : undefined;
  if (!operator) throw unfitNcnn(`It has a layer ${type}, which is not known here`);
  const unknown = [...params.keys()].find((id) => !operator.params.includes(id));
  if (unknown !== undefined) {
    throw unfitNcnn(`It has a layer ${type} with the parameter ${unknown}, which is not known here`);
  }
  return operator.emit;
}
