import sharp, { type OverlayOptions } from 'sharp';
import { fitWithin, type Picture, type Size } from '#worker/pipelines/raster/size';
import { shrinkPhoto } from '#worker/pipelines/stages/photo';

const COLUMNS = 4;
const TILES = 8;
/** Pixels. */
const TILE_LONG_SIDE = 400;
const GUTTER = 6;

/** A picture of eight frames, evenly spread over a video from its first to its last. */
export interface ContactSheet {
  readonly size: Size;
  /** Show it each frame in turn; it keeps small copies of those it wants. */
  look(frame: Picture, index: number): Promise<void>;
  /** Write it as JPEG, once it has seen all. */
  write(path: string): Promise<void>;
}

export function contactSheet({ frameCount, ...video }: Size & { frameCount: number }): ContactSheet {
  const tile = fitWithin(video, TILE_LONG_SIDE);
  const size = { width: span(tile.width, COLUMNS), height: span(tile.height, TILES / COLUMNS) };
  const tiles: { tile: Picture; place: number }[] = [];
  return {
    size,
    async look(frame, index) {
      const places = placesOf(index, frameCount);
      if (places.length === 0) return;
      const small = await shrinkPhoto(frame, tile);
      tiles.push(...places.map((place) => ({ tile: small, place })));
    },
    async write(path) {
      const background = { r: 16, g: 17, b: 19 };
      await sharp({ create: { ...size, channels: 3, background } })
        .composite(tiles.map(({ tile, place }) => laid(tile, place)))
        .jpeg({ quality: 88 })
        .toFile(path);
    },
  };
}

/** Where on the sheet a frame stands; a short video's frames may stand there twice. */
function placesOf(index: number, frameCount: number): number[] {
  const places = Array.from({ length: TILES }, (_, place) => place);
  return places.filter((place) => Math.round((place * (frameCount - 1)) / (TILES - 1)) === index);
}

function laid({ width, height, rgb }: Picture, place: number): OverlayOptions {
  return {
    input: Buffer.from(rgb.buffer, rgb.byteOffset, rgb.length),
    raw: { width, height, channels: 3 },
    left: (place % COLUMNS) * (width + GUTTER),
    top: Math.floor(place / COLUMNS) * (height + GUTTER),
  };
}

function span(length: number, count: number): number {
  return length * count + GUTTER * (count - 1);
}
