import { diffuseColours } from '#worker/pipelines/raster/diffuse';
import { fitWithin, type Picture, type Size } from '#worker/pipelines/raster/size';
import { shrinkPhoto } from '../photo.ts';
import { bandsAt } from './ownership.ts';

/** Long side at which the colours around are gathered, and how much smaller than the photo it is at least. */
const SIDE = 256;
const LEAST_SHRINKING = 2;
/** How far apart, in pixels of that size, the colours lie that a layer is taken to have around a place. */
const SPREAD = 4;
const AROUND = [
  [0, 0],
  [SPREAD, 0],
  [-SPREAD, 0],
  [0, SPREAD],
  [0, -SPREAD],
] as const;

/** What colours each layer has around every place, also where it lies hidden or elsewhere. */
export interface ColourFields {
  /**
   * Distance (0..442, Euclidean in RGB) of a pixel's colour from the nearest one that a band has around there; Infinity
   * for a band so thin that its colours are not known.
   */
  distance(index: number, band: number): number;
}

/** Gather them from what lies well inside each band, so that soft edges and stray fragments have no say. */
export async function colourFields(bands: Uint8Array, photo: Picture, layers: number): Promise<ColourFields> {
  const longSide = Math.max(photo.width, photo.height);
  const size = fitWithin(photo, Math.min(SIDE, longSide / LEAST_SHRINKING));
  const small = await shrinkPhoto(photo, size);
  const inner = innerOf(bandsAt(bands, photo, size), size);
  const fields = Array.from({ length: layers }, (_, k) =>
    inner.includes(k + 1) ? diffuseColours(small, (i) => inner[i] === k + 1) : undefined,
  );
  const columns = placesOf(photo.width, size.width);
  const rows = placesOf(photo.height, size.height);
  return {
    distance(index, band) {
      const field = fields[band - 1];
      let least = Infinity;
      if (!field) return least;
      const x = columns[index % photo.width]!;
      const y = rows[Math.floor(index / photo.width)]!;
      for (const [dx, dy] of AROUND) {
        const column = Math.min(size.width - 1, Math.max(0, x + dx));
        const row = Math.min(size.height - 1, Math.max(0, y + dy));
        least = Math.min(least, squaredDistance(photo.rgb, index, field, row * size.width + column));
      }
      return Math.sqrt(least);
    },
  };
}

function squaredDistance(a: Uint8Array, i: number, b: Uint8Array, j: number): number {
  const red = a[i * 3]! - b[j * 3]!;
  const green = a[i * 3 + 1]! - b[j * 3 + 1]!;
  const blue = a[i * 3 + 2]! - b[j * 3 + 2]!;
  return red * red + green * green + blue * blue;
}

/** Which small pixel each of `from` positions falls into. */
function placesOf(from: number, to: number): Int32Array {
  return Int32Array.from({ length: from }, (_, at) => Math.floor((at * to) / from));
}

/** The band of each pixel whose eight neighbours are of the same band, else 0. */
function innerOf(of: Uint8Array, { width, height }: Size): Uint8Array {
  const sameInRow = of.map((band, i) => {
    const x = i % width;
    const left = x === 0 || of[i - 1] === band;
    return left && (x === width - 1 || of[i + 1] === band) ? band : 0;
  });
  return sameInRow.map((band, i) => {
    const above = i < width || sameInRow[i - width] === band;
    return above && (i >= width * (height - 1) || sameInRow[i + width] === band) ? band : 0;
  });
}
