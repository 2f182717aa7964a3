import type { Session } from '#worker/engines/onnx/sessions';
import {
  floatTensorToRgb,
  planeToFloatTensor,
  rgbToFloatTensor,
  type Tensor,
} from '#worker/engines/onnx/tensors';
import type { Picture, Size } from '#worker/pipelines/raster/size';
import type { Passage } from './between-frames.ts';

/** Sides of the pictures in which the network looks for motion are multiples of this. */
const STRIDE = 32;
/**
 * Above this long side, in pixels, motion is looked for in pictures of about half the size. Measured at 1280x704 on
 * photos moved by a tenth of their width, that brings the frame half way 4 to 8 dB closer to the true one (zoomed by a
 * quarter: the same on the whole; turned by 8 degrees: 0 to 3 dB less); moves by a quarter of the width are found, and
 * not without; a frame takes a third of the time.
 */
const MOST_AT_FULL_SIZE = 640;

/**
 * Motion from one picture to another of its size, by RIFE 4.6 (Huang et al., "Real-Time Intermediate Flow Estimation
 * for Video Frame Interpolation", 2022). Moments stay floats, so that nothing is rounded before it is shown.
 */
export function motionBetween(session: Session, start: Picture, end: Picture): Passage<Tensor> {
  const { width, height } = start;
  return {
    first: toTensor(start),
    last: toTensor(end),
    between: async (from, to, t) => (await run(session, [from, to, t], ['out0']))[0]!,
    show: (moment) => ({ width, height, rgb: floatTensorToRgb(moment) }),
  };
}

/**
 * What the network takes either end of a passage to look like half way, moved there without the other: the two are
 * alike where it understood the motion.
 */
export async function meetHalfWay(
  session: Session,
  { first, last, show }: Passage<Tensor>,
): Promise<[Picture, Picture]> {
  const [start, end] = await run(session, [first, last, 0.5], ['in0_warped', 'in1_warped']);
  return [show(start!), show(end!)];
}

async function run(
  session: Session,
  [from, to, t]: [from: Tensor, to: Tensor, t: number],
  outputs: readonly string[],
): Promise<Tensor[]> {
  const [, , rows, columns] = from.dims as [number, number, number, number];
  const { width, height } = motionSize({ width: columns, height: rows });
  // The network looks for motion at the size of this input, whatever the pictures' is.
  const in2 = planeToFloatTensor(new Float32Array(width * height).fill(t), width, height);
  const results = await session.run({ in0: from, in1: to, in2 }, outputs);
  return outputs.map((name) => results[name] as Tensor);
}

/**
 * The size at which motion is looked for: pictures are stretched to it a little. Filled up to it with copies of their
 * edge, they would come out with stripes where something enters the frame.
 */
function motionSize({ width, height }: Size): Size {
  const share = Math.max(width, height) > MOST_AT_FULL_SIZE ? 0.5 : 1;
  const toStride = (length: number) => Math.max(1, Math.round((length * share) / STRIDE)) * STRIDE;
  return { width: toStride(width), height: toStride(height) };
}

function toTensor({ width, height, rgb }: Picture): Tensor {
  return rgbToFloatTensor(rgb, width, height, { scale: 1 / 255 });
}
