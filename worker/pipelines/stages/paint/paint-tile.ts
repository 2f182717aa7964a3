import type { Session } from '#worker/engines/onnx/sessions';
import type { Tile } from '../tiles/tile.ts';
import { activityOf } from './activity.ts';
import { type Cast, castOn } from './cast.ts';
import { lightnessOf, smoothTile } from './colours.ts';
import { repaint } from './network.ts';

/** Pixels up to which what the network changes counts as strokes. */
const STROKE = 20;

/** How a tile is painted. */
export interface Brush {
  cast: Cast;
  /** 0 leaves the photo as it is; 1 nothing of it. Values are blended as they are encoded, as picture editors do. */
  strength: number;
  /** Where the tile's top left corner lies in the photo, or a little outside. */
  left: number;
  top: number;
}

/**
 * A tile of a photo, painted: its strokes are the network's, its colours at large are the photo's with the cast of the
 * look. So tiles agree with each other, though the network, which normalises by all that it sees, gives each a tone of
 * its own; and where there is nothing to paint but an even area, its noise is left out. After Gastal & Oliveira, "Domain
 * Transform for Edge-Aware Image and Video Processing", 2011, which parts pictures into scales.
 */
export async function paintTile(
  session: Session,
  tile: Tile,
  { cast, strength, left, top }: Brush,
): Promise<Tile> {
  const painted = await repaint(session, tile);
  const change = { ...tile, data: painted.data.map((value, i) => value - tile.data[i]!) };
  const broad = smoothTile(change, tile, STROKE).data;
  const light = lightnessOf(tile);
  const activity = activityOf(light).data;
  const tint = castOn(cast, light, left, top).data;
  const data = tile.data.map((value, at) => {
    const strokes = activity[at % activity.length]! * (change.data[at]! - broad[at]!);
    const full = Math.min(255, Math.max(0, value + strokes + tint[at]!));
    return value + strength * (full - value);
  });
  return { ...tile, data };
}
