import { type InferenceSession, Tensor } from 'onnxruntime-node';

export type { Tensor };

/** How 8-bit values become a network's: `value * scale`, minus the channel's mean, divided by its deviation. */
export interface Normalisation {
  scale: number;
  mean?: readonly [number, number, number];
  deviation?: readonly [number, number, number];
}

/** What ImageNet-trained networks expect of RGB in 0..1. */
export const IMAGENET = {
  mean: [0.485, 0.456, 0.406],
  deviation: [0.229, 0.224, 0.225],
} as const;

/** Interleaved 8-bit RGB (`height * width * 3`) as float32 NCHW `[1, 3, height, width]`. */
export function rgbToFloatTensor(rgb: Uint8Array, width: number, height: number, by: Normalisation): Tensor {
  const pixels = width * height;
  const planes = new Float32Array(pixels * 3);
  for (let channel = 0; channel < 3; channel++) {
    const factor = by.scale / (by.deviation?.[channel] ?? 1);
    const offset = (by.mean?.[channel] ?? 0) / (by.deviation?.[channel] ?? 1);
    const plane = planes.subarray(channel * pixels, (channel + 1) * pixels);
    for (let i = 0; i < pixels; i++) plane[i] = rgb[i * 3 + channel]! * factor - offset;
  }
  return new Tensor('float32', planes, [1, 3, height, width]);
}

/** Three planes of floats, one after the other, as float32 NCHW `[1, 3, height, width]`. */
export function planesToTensor(planes: Float32Array, width: number, height: number): Tensor {
  return new Tensor('float32', planes, [1, 3, height, width]);
}

/** Interleaved 8-bit RGB as uint8 NCHW `[1, 3, height, width]`. */
export function rgbToByteTensor(rgb: Uint8Array, width: number, height: number): Tensor {
  const pixels = width * height;
  const planes = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    planes[i] = rgb[i * 3]!;
    planes[pixels + i] = rgb[i * 3 + 1]!;
    planes[2 * pixels + i] = rgb[i * 3 + 2]!;
  }
  return new Tensor('uint8', planes, [1, 3, height, width]);
}

/** One 8-bit plane as uint8 NCHW `[1, 1, height, width]`. */
export function planeToByteTensor(plane: Uint8Array, width: number, height: number): Tensor {
  return new Tensor('uint8', plane, [1, 1, height, width]);
}

/** uint8 NCHW planes, as a network gives them, back to interleaved RGB. */
export function byteTensorToRgb(tensor: Tensor): Uint8Array {
  const planes = tensor.data as Uint8Array;
  const pixels = planes.length / 3;
  const rgb = new Uint8Array(planes.length);
  for (let i = 0; i < pixels; i++) {
    rgb[i * 3] = planes[i]!;
    rgb[i * 3 + 1] = planes[pixels + i]!;
    rgb[i * 3 + 2] = planes[2 * pixels + i]!;
  }
  return rgb;
}

/** One plane of floats as float32 NCHW `[1, 1, height, width]`. */
export function planeToFloatTensor(plane: Float32Array, width: number, height: number): Tensor {
  return new Tensor('float32', plane, [1, 1, height, width]);
}

/** float32 NCHW planes of values 0..1 as interleaved 8-bit RGB. */
export function floatTensorToRgb(tensor: Tensor): Uint8Array {
  const planes = tensor.data as Float32Array;
  const pixels = planes.length / 3;
  const rgb = new Uint8ClampedArray(planes.length);
  for (let channel = 0; channel < 3; channel++) {
    const plane = planes.subarray(channel * pixels, (channel + 1) * pixels);
    for (let i = 0; i < pixels; i++) rgb[i * 3 + channel] = plane[i]! * 255;
  }
  return new Uint8Array(rgb.buffer);
}

/** float32 of any shape; shares the memory of `data`. */
export function floatTensor(data: Float32Array, dims: readonly number[]): Tensor {
  return new Tensor('float32', data, dims);
}

/** int64 of any shape, as ids and masks are given; shares the memory of `data`. */
export function integerTensor(data: BigInt64Array, dims: readonly number[]): Tensor {
  return new Tensor('int64', data, dims);
}

/** Run a network that has one input, and take its first output. */
export async function runSingle(session: InferenceSession, input: Tensor): Promise<Tensor> {
  const output = session.outputNames[0]!;
  const results = await session.run({ [session.inputNames[0]!]: input }, [output]);
  return results[output] as Tensor;
}
