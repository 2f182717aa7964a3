/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** A picture of one value per pixel, rows from the top. */
export interface Plane extends Size {
  data: Float32Array;
}

/** 8-bit sRGB, three interleaved values per pixel. */
export interface Picture extends Size {
  rgb: Uint8Array;
}

/** The largest size of the same shape whose long side is at most `longSide`; never larger than it was. */
export function fitWithin({ width, height }: Size, longSide: number): Size {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Pixels that stand for `atOneMegapixel` pixels at 1 MP in a picture of this size: lengths grow with its sides. */
export function scaledLength({ width, height }: Size, atOneMegapixel: number): number {
  return atOneMegapixel * Math.sqrt((width * height) / 1e6);
}
