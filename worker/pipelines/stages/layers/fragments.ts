import { type Picture, scaledLength, type Size } from '#worker/pipelines/raster/size';
import { type ColourFields, colourFields } from './colour-fields.ts';

/** Pixels at 1 MP that a fragment may reach out from the layer it belongs to. */
const REACH = 20;
/** Distance from a farther layer's colours, 0..442, up to which a pixel is taken to be its own. */
const CLEAR = 30;
/** A fragment is at most this times as far from the nearer layer's colours as from those of any farther one. */
const LIKENESS = 0.75;

/** Whether a pixel of the band `far` belongs to the band `near` beside it. */
type Belongs = (index: number, far: number, near: number) => boolean;

/**
 * Give the thin parts of a nearer layer that the cut left outside it (tips of ears, whiskers, twigs) back to it: pixels
 * that hang together with it, and whose colour is clearly not what the farther layers have around there but more like
 * what the nearer one has. Depth is too coarse to know of them, and left where they are they would stay behind as
 * specks when the layers move. Changes `bands` in place; no band loses more than half of its pixels.
 */
export async function reclaimFragments(bands: Uint8Array, photo: Picture, layers: number): Promise<void> {
  const fields = await colourFields(bands, photo, layers);
  const spared = areasToSpare(bands, layers);
  const belongs: Belongs = (index, far, near) => {
    if (spared[far] === 0 || !isUnlike(fields, index, far, near)) return false;
    spared[far]! -= 1;
    return true;
  };
  let front = outlineOf(bands, photo);
  for (let step = Math.round(scaledLength(photo, REACH)); step > 0 && front.length > 0; step--) {
    front = growOnce(bands, photo, front, belongs);
  }
}

/** Whether the colour speaks against the farther layers, and for the nearer one. */
function isUnlike(fields: ColourFields, index: number, far: number, near: number): boolean {
  let toFarther = fields.distance(index, far);
  if (toFarther === Infinity) return false;
  for (let band = far - 1; band >= 1 && toFarther > CLEAR; band--) {
    toFarther = Math.min(toFarther, fields.distance(index, band));
  }
  return toFarther > CLEAR && fields.distance(index, near) < LIKENESS * toFarther;
}

/** How many pixels each band can give away. */
function areasToSpare(bands: Uint8Array, layers: number): Int32Array {
  const areas = new Int32Array(layers + 1);
  for (const band of bands) areas[band]!++;
  return areas.map((area) => Math.floor(area / 2));
}

/** Pixels that have something farther beside them. */
function outlineOf(bands: Uint8Array, { width }: Size): number[] {
  const outline = new Set<number>();
  const meet = (a: number, b: number) => {
    if (bands[a] !== bands[b]) outline.add(bands[a]! > bands[b]! ? a : b);
  };
  for (let i = 0; i < bands.length; i++) {
    if ((i + 1) % width !== 0) meet(i, i + 1);
    if (i + width < bands.length) meet(i, i + width);
  }
  return [...outline];
}

/** Let the pixels of the front take the farther neighbours that belong to them; gives those they took. */
function growOnce(bands: Uint8Array, { width }: Size, front: number[], belongs: Belongs): number[] {
  const taken: number[] = [];
  const offer = (index: number, near: number) => {
    const far = bands[index] ?? near;
    if (far >= near || !belongs(index, far, near)) return;
    bands[index] = near;
    taken.push(index);
  };
  for (const from of front) {
    const near = bands[from]!;
    if (from % width > 0) offer(from - 1, near);
    if ((from + 1) % width > 0) offer(from + 1, near);
    offer(from - width, near);
    offer(from + width, near);
  }
  return taken;
}
