import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '#worker/pipelines/raster/size';
import { sharesOf, type TileGrid, tilesOf } from './tiles.ts';
import { type Decoding, decodeTile } from './vae-decoder.ts';

/**
 * Decode tile after tile, each along the whole video, and blend them where they overlap.
 *
 * The caches of a causal decoder are what fills the memory: at 480x832, 3.8 GB for a whole picture of Wan 2.1. Going
 * frame by frame would hold those of all tiles at once, more than a whole picture's, since tiles overlap. So one
 * tile's are held at a time, and its frames wait in a file for the other tiles: 8 bits a colour, at 480x832 some 2 MB
 * for each frame of the video. The price is that no frame is finished before the last tile is begun.
 */
export async function* decodeTiled(decoding: Decoding, grid: TileGrid): AsyncGenerator<Picture> {
  const folder = await mkdtemp(join(decoding.scratchDir, 'tiles-'));
  const files: FileHandle[] = [];
  try {
    const tiles = tilesOf(grid);
    for (const at of tiles.keys()) {
      const file = await open(join(folder, String(at)), 'w+');
      files.push(file);
      await writeTile(decoding, grid, at, file);
    }
    yield* blendTiles(decoding, grid, files);
  } finally {
    for (const file of files) await file.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeTile(decoding: Decoding, grid: TileGrid, at: number, file: FileHandle): Promise<void> {
  const { shape, watch } = decoding;
  const tiles = tilesOf(grid);
  let done = at * shape.frames;
  for await (const pictures of decodeTile(decoding, tiles[at]!)) {
    for (const { rgb } of pictures) await file.write(rgb);
    watch?.(++done, tiles.length * shape.frames);
  }
}

/** Reads every tile's file along, frame by frame. */
async function* blendTiles(
  { set, shape }: Decoding,
  grid: TileGrid,
  files: readonly FileHandle[],
): AsyncGenerator<Picture> {
  const { time, space } = set.index.latents.scale;
  const size = { width: shape.width * space, height: shape.height * space };
  const [down, across] = [sharesOf(grid.rows, space), sharesOf(grid.columns, space)];
  const pixels = down[0]!.length * across[0]!.length;
  const tile = new Uint8Array(pixels * 3);
  const frames = (shape.frames - 1) * time + 1;
  for (let frame = 0; frame < frames; frame++) {
    const sums = new Float32Array(size.width * size.height * 3);
    for (const [at, file] of files.entries()) {
      await file.read(tile, 0, tile.length, frame * tile.length);
      const [j, i] = [Math.floor(at / grid.columns.length), at % grid.columns.length];
      const corner = { top: grid.rows[j]!.start * space, left: grid.columns[i]!.start * space };
      addTile(sums, size.width, tile, { ...corner, down: down[j]!, across: across[i]! });
    }
    yield { ...size, rgb: new Uint8Array(new Uint8ClampedArray(sums).buffer) };
  }
}

/** Where a tile lies, in pixels, and how much of each of its rows and columns counts. */
interface Placement {
  top: number;
  left: number;
  down: Float32Array;
  across: Float32Array;
}

function addTile(
  sums: Float32Array,
  width: number,
  rgb: Uint8Array,
  { top, left, down, across }: Placement,
): void {
  let from = 0;
  for (let y = 0; y < down.length; y++) {
    let to = ((top + y) * width + left) * 3;
    for (let x = 0; x < across.length; x++, from += 3, to += 3) {
      const share = down[y]! * across[x]!;
      sums[to]! += rgb[from]! * share;
      sums[to + 1]! += rgb[from + 1]! * share;
      sums[to + 2]! += rgb[from + 2]! * share;
    }
  }
}
