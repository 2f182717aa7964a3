import type { Picture, Plane, Size } from '#worker/pipelines/raster/size';

/** A part of a picture in float32, 0..255: all its red, then all its green, then all its blue. */
export interface Tile extends Size {
  data: Float32Array;
}

/** A rectangle of a picture; what lies outside is what lies at its border. */
export function cutTile({ width, height, rgb }: Picture, left: number, top: number, size: Size): Tile {
  const pixels = size.width * size.height;
  const data = new Float32Array(pixels * 3);
  const columns = Int32Array.from({ length: size.width }, (_, x) => clamp(left + x, width) * 3);
  for (let y = 0, i = 0; y < size.height; y++) {
    const row = clamp(top + y, height) * width * 3;
    for (let x = 0; x < size.width; x++, i++) {
      const from = row + columns[x]!;
      data[i] = rgb[from]!;
      data[i + pixels] = rgb[from + 1]!;
      data[i + 2 * pixels] = rgb[from + 2]!;
    }
  }
  return { ...size, data };
}

/** One of a tile's three channels; shares its memory. */
export function channelOf({ width, height, data }: Tile, channel: number): Plane {
  const pixels = width * height;
  return { width, height, data: data.subarray(channel * pixels, (channel + 1) * pixels) };
}

/** A tile's pixels, interleaved and rounded to 8 bits. */
export function rgbOf({ width, height, data }: Tile): Uint8Array {
  const pixels = width * height;
  const rgb = new Uint8ClampedArray(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    for (let channel = 0; channel < 3; channel++) rgb[i * 3 + channel] = data[i + channel * pixels]!;
  }
  return new Uint8Array(rgb.buffer);
}

function clamp(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}
