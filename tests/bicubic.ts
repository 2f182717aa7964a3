import { enlargeBicubic } from '#worker/pipelines/raster/bicubic';
import type { Pixels } from './pixels.ts';

/** An RGB picture enlarged by bicubic interpolation: centred, as sharp's enlarging is not, and so the fairer rival. */
export function bicubic({ data, width, height }: Pixels, factor: number): Pixels {
  const size = { width: width * factor, height: height * factor };
  const result = new Uint8ClampedArray(size.width * size.height * 3);
  for (let channel = 0; channel < 3; channel++) {
    const plane = Float32Array.from({ length: width * height }, (_, i) => data[i * 3 + channel]!);
    const values = enlargeBicubic({ width, height, data: plane }, factor).data;
    values.forEach((value, i) => (result[i * 3 + channel] = value));
  }
  return { ...size, data: new Uint8Array(result.buffer), channels: 3 };
}
