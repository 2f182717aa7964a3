import type { Size } from '#worker/pipelines/raster/size';

/** Float32 values, channel by channel, rows from the top: three channels of a picture (-1..1), or those of latents. */
export interface Planes extends Size {
  data: Float32Array;
}

/** Interleaved 8-bit RGB as the networks take it, -1..1. */
export function planesOf(rgb: Uint8Array, { width, height }: Size): Planes {
  const pixels = width * height;
  const data = new Float32Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    for (let channel = 0; channel < 3; channel++)
      data[channel * pixels + i] = rgb[i * 3 + channel]! / 127.5 - 1;
  }
  return { width, height, data };
}

/** A rectangle within planes, of all their channels. */
export function cutPlanes(planes: Planes, left: number, top: number, { width, height }: Size): Planes {
  const whole = planes.width * planes.height;
  const channels = planes.data.length / whole;
  const data = new Float32Array(channels * width * height);
  for (let row = 0; row < channels * height; row++) {
    const [channel, y] = [Math.floor(row / height), row % height];
    const from = channel * whole + (top + y) * planes.width + left;
    data.set(planes.data.subarray(from, from + width), row * width);
  }
  return { width, height, data };
}
