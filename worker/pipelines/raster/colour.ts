/** Brightness of a pixel of interleaved 8-bit RGB, 0..1 (Rec. 601 weights on the encoded values). */
export function lightness(rgb: Uint8Array, index: number): number {
  const i = index * 3;
  return (rgb[i]! * 0.299 + rgb[i + 1]! * 0.587 + rgb[i + 2]! * 0.114) / 255;
}
