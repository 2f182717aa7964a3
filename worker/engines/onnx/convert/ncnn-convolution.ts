import { float } from './graph.ts';
import { type EmitLayer, type NcnnEmission, paramOf } from './ncnn-emission.ts';
import { type NcnnLayer, unfitNcnn } from './ncnn-param.ts';

/** Ids of the parameters that convolutions mind. */
export const CONVOLUTION_PARAMS = [0, 1, 2, 3, 4, 5, 6, 9, 10];

const NO_ACTIVATION = 0;
const LEAKY_RELU = 2;

/** Kernels, strides and paddings are the same along both sides. */
interface Convolution {
  outChannels: number;
  inChannels: number;
  kernel: number;
  attributes: Record<string, number[]>;
}

/** Weights lie as ONNX's do: outputs, inputs, rows, columns. */
export const convolution: EmitLayer = (layer, emission) => {
  const { outChannels, inChannels, kernel, attributes } = readConvolution(layer);
  const values = emission.weights.takeTagged(outChannels * inChannels * kernel ** 2);
  const dimensions = [outChannels, inChannels, kernel, kernel];
  const weights = emission.graph.constant(`${layer.name}_weights`, values, dimensions);
  emitActivated('Conv', layer, emission, weights, attributes);
};

/** Weights lie as outputs, inputs, rows, columns, where ONNX has the inputs first. */
export const deconvolution: EmitLayer = (layer, emission) => {
  const { outChannels, inChannels, kernel, attributes } = readConvolution(layer);
  const values = emission.weights.takeTagged(outChannels * inChannels * kernel ** 2);
  const swapped = swapChannels(values, outChannels, inChannels);
  const dimensions = [inChannels, outChannels, kernel, kernel];
  const weights = emission.graph.constant(`${layer.name}_weights`, swapped, dimensions);
  emitActivated('ConvTranspose', layer, emission, weights, attributes);
};

function readConvolution(layer: NcnnLayer): Convolution {
  const outChannels = paramOf(layer, 0, 0);
  const kernel = paramOf(layer, 1, 0);
  const inChannels = paramOf(layer, 6, 0) / (outChannels * kernel ** 2);
  if (!Number.isInteger(inChannels)) throw unfitNcnn('A convolution of it has weights of no sensible number');
  const [dilation, stride, pad] = [paramOf(layer, 2, 1), paramOf(layer, 3, 1), paramOf(layer, 4, 0)];
  const attributes = {
    kernel_shape: [kernel, kernel],
    dilations: [dilation, dilation],
    strides: [stride, stride],
    pads: [pad, pad, pad, pad],
  };
  return { outChannels, inChannels, kernel, attributes };
}

/** The operator itself with its bias, and the activation that ncnn keeps in the same layer. */
function emitActivated(
  opType: string,
  layer: NcnnLayer,
  { graph, weights }: NcnnEmission,
  kernels: string,
  attributes: Record<string, number[]>,
): void {
  const [output] = layer.outputs;
  const outChannels = paramOf(layer, 0, 0);
  const inputs = [layer.inputs[0]!, kernels];
  if (paramOf(layer, 5, 0) === 1) {
    inputs.push(graph.constant(`${layer.name}_bias`, weights.takeFloats(outChannels), [outChannels]));
  }
  const activation = paramOf(layer, 9, NO_ACTIVATION);
  if (activation === NO_ACTIVATION) {
    graph.node(opType, inputs, output!, attributes);
  } else if (activation === LEAKY_RELU) {
    const plain = graph.node(opType, inputs, `${layer.name}_plain`, attributes);
    graph.node('LeakyRelu', [plain], output!, { alpha: float(paramOf(layer, 10, 0)) });
  } else {
    throw unfitNcnn('A convolution of it has an activation that is not known here');
  }
}

function swapChannels(values: Float32Array, outChannels: number, inChannels: number): Float32Array {
  const swapped = new Float32Array(values.length);
  const size = values.length / (outChannels * inChannels);
  for (let out = 0; out < outChannels; out++) {
    for (let into = 0; into < inChannels; into++) {
      const from = (out * inChannels + into) * size;
      swapped.set(values.subarray(from, from + size), (into * outChannels + out) * size);
    }
  }
  return swapped;
}
