import { enlargeBicubic } from '#worker/pipelines/raster/bicubic';
import type { Plane } from '#worker/pipelines/raster/size';
import { channelOf, type Tile } from '../tiles/tile.ts';

/** The second still mends a tenth of what the first does, a third next to nothing. */
const ROUNDS = 2;

/**
 * Bring an enlarged tile (0..255) into line with what it was made of, in place: shrunk again, it is to be the original.
 * That takes back the shift of colours and much of what a network makes up, and makes edges sharper. After Irani &
 * Peleg, "Improving resolution by image registration", 1991.
 */
export function backProject(enlarged: Tile, original: Tile): void {
  const factor = enlarged.width / original.width;
  for (let channel = 0; channel < 3; channel++) {
    const result = channelOf(enlarged, channel);
    const wanted = channelOf(original, channel);
    for (let round = 0; round < ROUNDS; round++) addLack(result, wanted, factor);
  }
}

function addLack(result: Plane, wanted: Plane, factor: number): void {
  const lack = shrinkToMeans(result, factor);
  for (let i = 0; i < lack.data.length; i++) lack.data[i] = wanted.data[i]! - lack.data[i]!;
  const spread = enlargeBicubic(lack, factor).data;
  const { data } = result;
  for (let i = 0; i < data.length; i++) data[i] = Math.min(255, Math.max(0, data[i]! + spread[i]!));
}

/** Every block of `factor` times `factor` pixels becomes its mean. */
export function shrinkToMeans({ width, height, data }: Plane, factor: number): Plane {
  const to = { width: width / factor, height: height / factor };
  const means = new Float32Array(to.width * to.height);
  const share = 1 / (factor * factor);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / factor) * to.width;
    for (let x = 0, i = y * width; x < to.width; x++) {
      for (let within = 0; within < factor; within++, i++) means[row + x]! += data[i]! * share;
    }
  }
  return { ...to, data: means };
}
