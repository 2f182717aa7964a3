import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { AppError } from '#lib/core/errors';
import { floatToHalf, halfToFloat } from './convert/half.ts';

export type { Tensor };

/** A tensor as a graph declares it: its elements, and its shape with names where a dimension is open. */
export interface TensorFacts {
  type: string;
  shape: readonly (number | string)[];
}

/** The inputs of a network by name. */
export function inputsOf({ inputMetadata }: InferenceSession): Map<string, TensorFacts> {
  return factsOf(inputMetadata);
}

/** The outputs of a network by name. */
export function outputsOf({ outputMetadata }: InferenceSession): Map<string, TensorFacts> {
  return factsOf(outputMetadata);
}

function factsOf(metadata: InferenceSession['inputMetadata']): Map<string, TensorFacts> {
  const tensors = metadata.filter((value) => value.isTensor);
  return new Map(tensors.map(({ name, type, shape }) => [name, { type, shape }]));
}

/** Numbers as a tensor of the type that an input takes. Throws AppError `model_unfit` for a type that no network here has. */
export function tensorOf(
  values: Float32Array | readonly number[],
  type: string,
  dims: readonly number[],
): Tensor {
  if (type === 'float32') return new Tensor('float32', Float32Array.from(values), dims);
  if (type === 'float16') return halfTensor(Uint16Array.from(values, floatToHalf), dims);
  if (type === 'int32') return new Tensor('int32', Int32Array.from(values), dims);
  if (type === 'int64') return new Tensor('int64', BigInt64Array.from(values, toWord), dims);
  throw new AppError('model_unfit', `A network takes ${type} values, which cannot be given to it.`);
}

/** The numbers of a tensor of 32-bit or 16-bit floats. */
export function floatsOf(tensor: Tensor): Float32Array {
  if (tensor.type !== 'float16') return tensor.data as Float32Array;
  const { buffer, byteOffset, length } = tensor.data as Uint16Array;
  return Float32Array.from(new Uint16Array(buffer, byteOffset, length), halfToFloat);
}

/** A timestep between two whole ones is told to networks that count in whole ones as the one below. */
function toWord(value: number): bigint {
  return BigInt(Math.trunc(value));
}

/**
 * Where the language has 16-bit floats (Node 23 and later), onnxruntime 1.30 asks for an array of them, and its binding
 * then refuses that array; it takes the same bits as whole numbers.
 */
function halfTensor(bits: Uint16Array, dims: readonly number[]): Tensor {
  const HalfArray = (globalThis as { Float16Array?: new (buffer: ArrayBufferLike) => Uint16Array })
    .Float16Array;
  if (!HalfArray) return new Tensor('float16', bits, dims);
  const tensor = new Tensor('float16', new HalfArray(bits.buffer), dims);
  return Object.assign(tensor, { cpuData: bits });
}
