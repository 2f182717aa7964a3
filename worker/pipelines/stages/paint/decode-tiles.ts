import { cutPlanes, type Planes } from '#worker/diffusion/planes';
import { LATENT_SCALE } from '#worker/diffusion/stable-diffusion/latents';
import { decodeLatents } from '#worker/diffusion/stable-diffusion/vae';
import type { Session } from '#worker/engines/onnx/sessions';
import type { Picture, Size } from '#worker/pipelines/raster/size';
import { shareOf, type Span, spansOf } from '../tiles/grid.ts';
import { Strip } from '../tiles/strip.ts';
import type { Tile } from '../tiles/tile.ts';

/** Longest side of a tile without its margins, in latents: what a picture of 512x512 takes of memory is enough. */
const TILE_SIDE = 64;
/** Latents around a tile that the decoder sees besides, and how many of those are blended with the neighbouring tile. */
const MARGIN = 8;
const FEATHER = 4;

/** How many runs of the decoder the picture of latents of this size takes. */
export function tilesOf({ width, height }: Size): number {
  return spansOf(width, TILE_SIDE, 1).length * spansOf(height, TILE_SIDE, 1).length;
}

/** The picture of latents, tile by tile, neighbours blended into each other. `onTile` is told how many are done, and may throw to stop. */
export async function decodeTiles(
  session: Session,
  latents: Planes,
  onTile: (done: number) => void,
): Promise<Picture> {
  const [width, height] = [latents.width * LATENT_SCALE, latents.height * LATENT_SCALE];
  const strip = new Strip(width, height);
  let done = 0;
  for (const row of spansOf(latents.height, TILE_SIDE, 1)) {
    const down = shareOf(row, latents.height, LATENT_SCALE, FEATHER);
    for (const column of spansOf(latents.width, TILE_SIDE, 1)) {
      onTile(done++);
      const across = shareOf(column, latents.width, LATENT_SCALE, FEATHER);
      const [x, y] = [around(column, latents.width), around(row, latents.height)];
      const part = cutPlanes(latents, x.start, y.start, { width: x.end - x.start, height: y.end - y.start });
      const tile = toTile(await decodeLatents(session, part));
      strip.add(tile, { across, down, left: x.start * LATENT_SCALE, top: y.start * LATENT_SCALE });
    }
  }
  return { width, height, rgb: strip.takeUntil(height) };
}

/** A span and its margins, as far as there is anything. */
function around({ start, end }: Span, length: number): Span {
  return { start: Math.max(0, start - MARGIN), end: Math.min(length, end + MARGIN) };
}

function toTile({ width, height, data }: Planes): Tile {
  return { width, height, data: data.map((value) => Math.min(255, Math.max(0, (value + 1) * 127.5))) };
}
