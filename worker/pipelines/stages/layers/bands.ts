import { majorityAround } from '#worker/pipelines/raster/majority';
import { scaledLength, type Size } from '#worker/pipelines/raster/size';
import { absorbSpecks } from '#worker/pipelines/raster/specks';
import { chooseThresholds } from './thresholds.ts';

const BINS = 256;
/** Share of the picture that every layer must keep after the clean-up. */
const LEAST_KEPT = 0.002;
/** Share of the picture below which a connected part of a band is a speck. */
const SPECK_SHARE = 0.002;
/** Pixels at 1 MP over which an outline is smoothed. */
const OUTLINE_RADIUS = 4;

/** Which layer each pixel belongs to. */
export interface Bands {
  /** 1 (farthest) to the number of layers. */
  of: Uint8Array;
  /** Nearness 0..1 at which the layers meet: layer k spans from entry k-1 to entry k. */
  boundaries: number[];
}

/**
 * Cut 16-bit nearness (65535 = nearest) into `layers` bands, none of them empty. Where the picture's depths do not
 * fall into that many groups (a flat wall, a drawing), the bands get equal shares of the pixels instead, from the top
 * of the picture to the bottom among pixels of equal depth. `onStep` is called three times, between what takes long.
 */
export function cutBands(nearness: Uint16Array, size: Size, layers: number, onStep = () => {}): Bands {
  return cutByGroups(nearness, size, layers, onStep) ?? cutByShare(nearness, size, layers);
}

function cutByGroups(
  nearness: Uint16Array,
  size: Size,
  layers: number,
  onStep: () => void,
): Bands | undefined {
  const histogram = new Uint32Array(BINS);
  for (const value of nearness) histogram[value >> 8]!++;
  const thresholds = chooseThresholds(histogram, layers);
  if (!thresholds) return undefined;
  const bandOfBin = Uint8Array.from(
    histogram,
    (_, bin) => 1 + thresholds.filter((start) => start <= bin).length,
  );
  const rough = new Uint8Array(nearness.length);
  for (let i = 0; i < rough.length; i++) rough[i] = bandOfBin[nearness[i]! >> 8]!;
  onStep();
  absorbSpecks(rough, size, SPECK_SHARE);
  onStep();
  const of = majorityAround(rough, size, Math.max(2, Math.round(scaledLength(size, OUTLINE_RADIUS))));
  onStep();
  absorbSpecks(of, size, SPECK_SHARE);
  if (!everyBandKept(of, layers)) return undefined;
  return { of, boundaries: [0, ...thresholds.map((bin) => bin / BINS), 1] };
}

function everyBandKept(of: Uint8Array, layers: number): boolean {
  const areas = new Uint32Array(layers + 1);
  for (const band of of) areas[band]!++;
  return areas.subarray(1).every((area) => area >= LEAST_KEPT * of.length);
}

function cutByShare(nearness: Uint16Array, { width, height }: Size, layers: number): Bands {
  const keyOf = (i: number) => (nearness[i]! >> 8) * height + Math.floor(i / width);
  const counts = new Uint32Array(BINS * height);
  for (let i = 0; i < nearness.length; i++) counts[keyOf(i)]!++;
  const bandOfKey = new Uint8Array(counts.length);
  const boundaries = [0];
  let before = 0;
  for (let key = 0; key < counts.length; key++) {
    const middle = before + counts[key]! / 2;
    bandOfKey[key] = Math.min(layers, 1 + Math.floor((middle / nearness.length) * layers));
    before += counts[key]!;
    if (counts[key]! > 0) boundaries[bandOfKey[key]!] = (Math.floor(key / height) + 1) / BINS;
  }
  boundaries[layers] = 1;
  const of = new Uint8Array(nearness.length);
  for (let i = 0; i < of.length; i++) of[i] = bandOfKey[keyOf(i)]!;
  return { of, boundaries };
}
