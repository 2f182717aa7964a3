import { smoothWithin } from '#worker/pipelines/raster/domain-transform';
import type { Plane } from '#worker/pipelines/raster/size';
import { channelOf, rgbOf, type Tile } from '../tiles/tile.ts';

/** Differences of colour from which on smoothing stops, summed over channels of 0..255. */
const SIGMA_COLOUR = 60;

/** Rec. 601 lightness of every pixel, 0..1. */
export function lightnessOf(tile: Tile): Plane {
  const [red, green, blue] = channelsOf(tile).map(({ data }) => data) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const { width, height } = tile;
  return { width, height, data: red.map((value, i) => lumaOf(value, green[i]!, blue[i]!) / 255) };
}

export function lumaOf(red: number, green: number, blue: number): number {
  return red * 0.299 + green * 0.587 + blue * 0.114;
}

/** What is broader than `sigma` pixels in each channel of a tile; stops at the edges of `guide`, of the same size. */
export function smoothTile(tile: Tile, guide: Tile, sigma: number): Tile {
  const data = new Float32Array(tile.data.length);
  const rgb = rgbOf(guide);
  channelsOf(tile).forEach((plane, channel) => {
    channelOf({ ...tile, data }, channel).data.set(smoothBy(plane, rgb, sigma).data);
  });
  return { ...tile, data };
}

/** The same of one plane. */
export function smoothPlane(plane: Plane, guide: Tile, sigma: number): Plane {
  return smoothBy(plane, rgbOf(guide), sigma);
}

function smoothBy(plane: Plane, rgb: Uint8Array, sigma: number): Plane {
  const sure = { ...plane, data: new Float32Array(plane.data.length).fill(1) };
  const options = { sigmaSpace: sigma, sigmaColour: SIGMA_COLOUR, iterations: 3 };
  return smoothWithin(plane, sure, rgb, options);
}

function channelsOf(tile: Tile): Plane[] {
  return [0, 1, 2].map((channel) => channelOf(tile, channel));
}
