import { UNITS_PER_PIXEL } from '#worker/pipelines/raster/distance';
import { smoothstep } from '#worker/pipelines/raster/levels';
import { enlargeRow, sampling } from '#worker/pipelines/raster/resample';
import type { Plane, Size } from '#worker/pipelines/raster/size';
import { leastOpacity, over, unmixed } from './unmix.ts';

/** Opacity (0..255) below which a layer's continuation under a nearer one is left out. */
const FAINTEST = 8;

/**
 * Pixels over which a layer fades out beside what it shows, whatever the photo's size: more would carry a rim of what
 * lies behind along with it. Where an object's own edge is softer, the colours ask for more opacity by themselves.
 */
const EDGE_PIXELS = 2;

/**
 * Differences to the fill, in levels, that are grain and not a nearer thing's colour: such pixels of the ring, a
 * little away from the thing itself, keep the photo's own and need no cover.
 */
const GRAIN = 6;

/** What one layer is painted from. All pixel data is of one size; RGB is interleaved, 8-bit. */
export interface LayerSource {
  k: number;
  photo: Uint8Array;
  /** The photo with what is nearer than layer k filled; undefined for the nearest layer. */
  fill: Uint8Array | undefined;
  bands: Uint8Array;
  /** Distance to band k or nearer, see `distanceToNearer`; undefined for the background. */
  toOwn: Uint8Array | undefined;
  /** Distance to what is nearer than band k; undefined for the nearest layer. */
  toNearer: Uint8Array | undefined;
  /** See `ownership`; any size. */
  owns: Plane;
  /** See `ringWidth`. */
  ring: number;
}

/**
 * Paint layer k into `rgba` (straight alpha, all zero before) and lay it over `composite` (RGB), which holds the
 * layers behind it.
 *
 * The composite of layers 1..k shows the photo wherever no nearer layer or its ring hides it, and the filled picture
 * where one does. So at the pixels that layer k makes visible its colour is solved from what must show and what is
 * behind, at the least opacity that allows it: the layers give the photo back, and no colour of a nearer thing
 * stays in a farther layer. Under nearer layers it goes on where `owns` says.
 */
export function paintLayer(source: LayerSource, composite: Uint8Array, rgba: Uint8Array, size: Size): void {
  const { width, height } = size;
  const tables = ringTables(source.ring);
  const columns = sampling(source.owns.width, width);
  const rows = sampling(source.owns.height, height);
  const owned = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    enlargeRow(source.owns, { columns, rows, y }, owned);
    for (let x = 0; x < width; x++) {
      paintPixel(source, tables, composite, rgba, y * width + x, Math.round(255 * owned[x]!));
    }
  }
}

interface RingTables {
  /** Opacity of a layer's own soft edge, by distance to it. */
  edge: Uint8Array;
  /** How much of the fill shows (0..255), by distance to what it stands behind. */
  filled: Uint8Array;
  /** How sure it is (0..255) that a pixel of the ring bears a nearer thing's colour, by its unlikeness to the fill. */
  foreign: Uint8Array;
}

function ringTables(ring: number): RingTables {
  return {
    edge: table((distance) => 1 - smoothstep(0, EDGE_PIXELS * UNITS_PER_PIXEL, distance)),
    filled: table((distance) => 1 - smoothstep(0.5 * ring, ring, distance)),
    foreign: table((difference) => smoothstep(GRAIN, 3 * GRAIN, difference)),
  };
}

/** Values 0..1 for every byte, as bytes. */
function table(valueAt: (index: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, index) => Math.round(255 * valueAt(index)));
}

function paintPixel(
  source: LayerSource,
  tables: RingTables,
  composite: Uint8Array,
  rgba: Uint8Array,
  i: number,
  owned: number,
): void {
  const nearerAt = source.toNearer ? source.toNearer[i]! : 255;
  if (nearerAt > source.ring) return paintVisible(source, tables, composite, rgba, i);
  const isOwn = source.k === 1 || source.bands[i] === source.k;
  const opacity = isOwn ? 255 : owned;
  if (opacity < FAINTEST) return;
  const foreign = nearerAt > EDGE_PIXELS * UNITS_PER_PIXEL ? tables.foreign[unlikeness(source, i)]! / 255 : 1;
  paintHidden(source, tables.filled[nearerAt]! * foreign, composite, rgba, i, opacity);
}

/** How far the photo is from the filled picture: the largest difference of a channel, 0..255. */
function unlikeness({ photo, fill }: LayerSource, i: number): number {
  let most = 0;
  for (let at = i * 3; at < i * 3 + 3; at++) most = Math.max(most, Math.abs(photo[at]! - fill![at]!));
  return most;
}

/** Where nothing nearer is: the result must be the photo. */
function paintVisible(
  source: LayerSource,
  tables: RingTables,
  composite: Uint8Array,
  rgba: Uint8Array,
  i: number,
) {
  const ownAt = source.toOwn ? source.toOwn[i]! : 0;
  if (ownAt > source.ring) return;
  const { photo } = source;
  let opacity = tables.edge[ownAt]!;
  for (let at = i * 3; at < i * 3 + 3 && opacity < 255; at++) {
    opacity = Math.max(opacity, leastOpacity(photo[at]!, composite[at]!));
  }
  if (opacity === 0) return;
  for (let channel = 0; channel < 3; channel++) {
    const at = i * 3 + channel;
    const colour = unmixed(photo[at]!, composite[at]!, opacity);
    rgba[i * 4 + channel] = colour;
    composite[at] = over(colour, composite[at]!, opacity);
  }
  rgba[i * 4 + 3] = opacity;
}

/** Under nearer layers and in their ring: the filled picture, running into the photo at the ring's outer edge. */
function paintHidden(
  source: LayerSource,
  filled: number,
  composite: Uint8Array,
  rgba: Uint8Array,
  i: number,
  opacity: number,
): void {
  for (let channel = 0; channel < 3; channel++) {
    const at = i * 3 + channel;
    const colour = over(source.fill![at]!, source.photo[at]!, filled);
    rgba[i * 4 + channel] = colour;
    composite[at] = over(colour, composite[at]!, opacity);
  }
  rgba[i * 4 + 3] = opacity;
}
