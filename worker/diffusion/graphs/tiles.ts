import type { ModelIndex } from '#lib/models/contract/model-index';
import type { Size } from '#worker/pipelines/raster/size';

/** A stretch of one side, in latents. */
export interface Span {
  start: number;
  end: number;
}

/** A part of every frame, in latents. */
export interface LatentTile {
  rows: Span;
  columns: Span;
}

/** A picture cut into tiles of one size, each of which overlaps its neighbours. */
export interface TileGrid {
  rows: Span[];
  columns: Span[];
}

/**
 * Pixels. A VAE sees farther than it is convenient to overlap: less of a tile, and it would look like another
 * picture.
 */
const LEAST_SIDE = 256;
const OVERLAP = 64;

/**
 * How a picture of so many latents is cut, that each part can be encoded or decoded within `budgetBytes`: not at all
 * if need be, and else into as few tiles as may be, down to 256 pixels a side whatever the budget. DIFFUSION.md A7.
 */
export function planTiles(index: ModelIndex, size: Size, budgetBytes: number): TileGrid {
  const { space } = index.latents.scale;
  const [least, overlap] = [LEAST_SIDE / space, OVERLAP / space];
  const count = { width: 1, height: 1 };
  for (;;) {
    const sides = {
      width: tileSide(size.width, count.width, overlap),
      height: tileSide(size.height, count.height, overlap),
    };
    const longer = sides.width >= sides.height ? 'width' : 'height';
    const next = tileSide(size[longer], count[longer] + 1, overlap);
    if (vaeBytes(index, sides.width * sides.height) <= budgetBytes || next < least) {
      return {
        rows: spread(size.height, sides.height, count.height),
        columns: spread(size.width, sides.width, count.width),
      };
    }
    count[longer]++;
  }
}

/** Every tile of a grid, row by row. */
export function tilesOf({ rows, columns }: TileGrid): LatentTile[] {
  return rows.flatMap((row) => columns.map((column) => ({ rows: row, columns: column })));
}

/**
 * What the VAE keeps in memory for so many latents of a frame, in bytes: the weights, and beside them what grows with
 * the picture, as it was measured at the model's default size.
 */
export function vaeBytes({ graphs, latents, size, memory }: ModelIndex, area: number): number {
  const decoder = [graphs.vae_decoder_init, graphs.vae_decoder_step].flatMap(({ files }) => files);
  const weights = Math.min(
    memory.vae,
    decoder.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const usual = (size.default.width * size.default.height) / latents.scale.space ** 2;
  return weights + ((memory.vae - weights) * area) / usual;
}

/** The least length that `count` spans need to cover a side and overlap. */
function tileSide(length: number, count: number, overlap: number): number {
  return Math.ceil((length + (count - 1) * overlap) / count);
}

function spread(length: number, side: number, count: number): Span[] {
  return Array.from({ length: count }, (_, at) => {
    const start = count === 1 ? 0 : Math.round((at * (length - side)) / (count - 1));
    return { start, end: start + side };
  });
}

/**
 * How much each of a side's tiles has in what lies under it, `scale` values to a latent: where two overlap, one fades
 * out as the other fades in, and the shares come to 1.
 */
export function sharesOf(spans: readonly Span[], scale: number): Float32Array[] {
  return spans.map(({ start, end }, at) => {
    const before = at === 0 ? 0 : (spans[at - 1]!.end - start) * scale;
    const after = at === spans.length - 1 ? 0 : (end - spans[at + 1]!.start) * scale;
    const length = (end - start) * scale;
    return Float32Array.from({ length }, (_, i) =>
      Math.min(1, (i + 0.5) / before, (length - i - 0.5) / after),
    );
  });
}
