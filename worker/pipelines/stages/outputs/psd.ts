import { writeFile } from 'node:fs/promises';
import { writePsdUint8Array } from 'ag-psd';
import type { Size } from '#worker/pipelines/raster/size';
import type { Box } from './layer-file.ts';

/** One layer of the document: its pixels (RGBA, straight alpha) cut to `box`. */
export interface PsdLayer {
  name: string;
  box: Box;
  rgba: Uint8Array;
}

/** Write a layered Photoshop file; `layers` from the bottom up, `composite` (RGB) as what viewers show. */
export async function writeLayeredPsd(path: string, layers: PsdLayer[], composite: Uint8Array, size: Size) {
  const children = layers.map(({ name, box, rgba }) => ({
    name,
    left: box.left,
    top: box.top,
    imageData: { width: box.width, height: box.height, data: rgba },
  }));
  const merged = { ...size, data: opaque(composite) };
  await writeFile(path, writePsdUint8Array({ ...size, children, imageData: merged }, { noBackground: true }));
}

function opaque(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from]!;
    rgba[to + 1] = rgb[from + 1]!;
    rgba[to + 2] = rgb[from + 2]!;
    rgba[to + 3] = 255;
  }
  return rgba;
}
