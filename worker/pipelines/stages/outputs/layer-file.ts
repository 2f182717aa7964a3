import type { Size } from '#worker/pipelines/raster/size';

/** A rectangle of pixels, from the top left corner. */
export interface Box extends Size {
  left: number;
  top: number;
}

/** File name of layer k of n, as the API promises it: 1 is the background, n the foreground. */
export function layerFile(k: number, n: number): string {
  return `Layer_${k}_${layerName(k, n).toLowerCase()}.png`;
}

export function layerName(k: number, n: number): 'Background' | 'Midground' | 'Foreground' {
  if (k === 1) return 'Background';
  return k === n ? 'Foreground' : 'Midground';
}

/** What of an RGBA picture is not fully transparent: its bounding box, and its mean opacity 0..1. */
export function extentOf(rgba: Uint8Array, { width, height }: Size): { box: Box; coverage: number } {
  let [left, right, top, bottom] = [width, -1, height, -1];
  let opacity = 0;
  for (let y = 0; y < height; y++) {
    let first = -1;
    let last = -1;
    for (let x = 0; x < width; x++) {
      const alpha = rgba[(y * width + x) * 4 + 3]!;
      if (alpha === 0) continue;
      opacity += alpha;
      if (first === -1) first = x;
      last = x;
    }
    if (first === -1) continue;
    left = Math.min(left, first);
    right = Math.max(right, last);
    top = Math.min(top, y);
    bottom = y;
  }
  const box =
    right < 0
      ? { left: 0, top: 0, width: 0, height: 0 }
      : { left, top, width: right - left + 1, height: bottom - top + 1 };
  return { box, coverage: opacity / (255 * width * height) };
}

/** The pixels of a box, copied. */
export function cropRgba(rgba: Uint8Array, { width }: Size, box: Box): Uint8Array {
  const cropped = new Uint8Array(box.width * box.height * 4);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.top + y) * width + box.left) * 4;
    cropped.set(rgba.subarray(from, from + box.width * 4), y * box.width * 4);
  }
  return cropped;
}
