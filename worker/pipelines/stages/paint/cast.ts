import type { Session } from '#worker/engines/onnx/sessions';
import { type LinearModel, linearModel } from '#worker/pipelines/raster/guided-upsample';
import { smoothstep } from '#worker/pipelines/raster/levels';
import { enlargeRow, sampling } from '#worker/pipelines/raster/resample';
import { fitWithin, type Picture, type Plane, type Size } from '#worker/pipelines/raster/size';
import { shrinkPhoto } from '../photo.ts';
import { channelOf, cutTile, type Tile } from '../tiles/tile.ts';
import { activityOf } from './activity.ts';
import { lightnessOf, lumaOf, smoothPlane, smoothTile } from './colours.ts';
import { mirrored } from './mirrored.ts';
import { repaint, SIDE_UNIT } from './network.ts';

/** How a look changes the colours of a photo at large: for red, green and blue, what it adds. */
export interface Cast {
  channels: readonly LinearModel[];
  /** Of the photo. */
  size: Size;
}

/** Long side at which the whole photo is looked at. */
const LONG_SIDE = 320;
const MARGIN = 32;
/** Pixels there below which a change of colour is a stroke, and over which areas count as even or busy as a whole. */
const STROKE = 10;
const AREA = 40;

/**
 * Shares of a change that are kept (tuned by eye). The network knows what to do with things; of large even areas it
 * makes stains, and skies that are brown or nearly black.
 */
const KEPT = {
  even: { darker: 0.1, lighter: 0.4, colour: 0.28 },
  busy: { darker: 0.8, lighter: 0.8, colour: 0.75 },
};

/** Window and tolerance of its enlarging; see guidedUpsample. */
const GUIDE_RADIUS = 2;
const GUIDE_EPSILON = 1e-4;

/** The cast that a look gives a photo, from one pass over the whole of it. */
export async function castOf(session: Session, photo: Picture): Promise<Cast> {
  const small = await shrinkPhoto(photo, fitWithin(photo, LONG_SIDE));
  const seen = cutTile(small, 0, 0, small);
  const painted = await repaintWhole(session, small);
  const change = { ...seen, data: painted.data.map((value, i) => value - seen.data[i]!) };
  const smooth = smoothTile(change, seen, STROKE);
  keepShares(smooth, smoothPlane(activityOf(lightnessOf(seen)), seen, AREA));
  const channels = [0, 1, 2].map((channel) =>
    linearModel(channelOf(smooth, channel), small, GUIDE_RADIUS, GUIDE_EPSILON),
  );
  return { channels, size: { width: photo.width, height: photo.height } };
}

/** With mirrored surroundings, for at the end of its picture the network paints frames. */
async function repaintWhole(session: Session, small: Picture): Promise<Tile> {
  const fitted = (side: number) => Math.ceil(side / SIDE_UNIT) * SIDE_UNIT + 2 * MARGIN;
  const size = { width: fitted(small.width), height: fitted(small.height) };
  const painted = await repaint(session, cutTile(await mirrored(small, MARGIN), 0, 0, size));
  const data = new Float32Array(small.width * small.height * 3);
  for (let row = 0; row < 3 * small.height; row++) {
    const [channel, y] = [Math.floor(row / small.height), row % small.height];
    const from = (channel * size.height + y + MARGIN) * size.width + MARGIN;
    data.set(painted.data.subarray(from, from + small.width), row * small.width);
  }
  return { width: small.width, height: small.height, data };
}

/** Keep of each pixel's change what its surroundings can bear, in place. */
function keepShares(change: Tile, activity: Plane): void {
  const channels = [0, 1, 2].map((channel) => channelOf(change, channel).data);
  const [red, green, blue] = channels as [Float32Array, Float32Array, Float32Array];
  for (let i = 0; i < activity.data.length; i++) {
    const busy = smoothstep(0.25, 0.8, activity.data[i]!);
    const mix = (what: keyof typeof KEPT.even) => KEPT.even[what] * (1 - busy) + KEPT.busy[what] * busy;
    const luma = lumaOf(red[i]!, green[i]!, blue[i]!);
    const keptLuma = luma * mix(luma < 0 ? 'darker' : 'lighter');
    const colour = mix('colour');
    for (const data of channels) data[i] = keptLuma + colour * (data[i]! - luma);
  }
}

/** The cast on a tile of this lightness, whose top left corner lies there in the photo, or a little outside. */
export function castOn({ channels, size }: Cast, light: Plane, left: number, top: number): Tile {
  const { width, height } = light;
  const data = new Float32Array(width * height * 3);
  const { slope } = channels[0]!;
  const columns = samplingAt(slope.width, size.width, left, width);
  const rows = samplingAt(slope.height, size.height, top, height);
  const slopes = new Float32Array(width);
  const offsets = new Float32Array(width);
  for (const [channel, model] of channels.entries()) {
    const plane = channelOf({ width, height, data }, channel).data;
    for (let y = 0; y < height; y++) {
      enlargeRow(model.slope, { columns, rows, y }, slopes);
      enlargeRow(model.offset, { columns, rows, y }, offsets);
      for (let x = 0, i = y * width; x < width; x++, i++)
        plane[i] = slopes[x]! * light.data[i]! + offsets[x]!;
    }
  }
  return { width, height, data };
}

/** `sampling` of `length` samples from `start` on; what lies outside is what lies at the border. */
function samplingAt(from: number, to: number, start: number, length: number): ReturnType<typeof sampling> {
  const { first, second, part } = sampling(from, to);
  const inside = Int32Array.from({ length }, (_, i) => Math.min(to - 1, Math.max(0, start + i)));
  return {
    first: inside.map((i) => first[i]!),
    second: inside.map((i) => second[i]!),
    part: Float32Array.from(inside, (i) => part[i]!),
  };
}
