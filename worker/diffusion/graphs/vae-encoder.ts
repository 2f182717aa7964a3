import { AppError } from '#lib/core/errors';
import { floatTensor, type Tensor } from '#worker/engines/onnx/tensors';
import type { Size } from '#worker/pipelines/raster/size';
import type { GraphSet } from './graph-set.ts';
import { type LatentTile, planTiles, sharesOf, type TileGrid, tilesOf } from './tiles.ts';
import { VaeChain } from './vae-chain.ts';
import type { LatentShape, Watch } from './video-graphs.ts';

/** What is encoded, and with what. */
interface Encoding {
  set: GraphSet;
  /** Planar [3, height, width] in -1..1. */
  frames: readonly Float32Array[];
  size: Size;
  watch?: Watch;
}

/**
 * Normalised latents, [channels, frames, height, width], of a video: its first frame is encoded by itself, the others
 * in groups. In tiles, one after the other, where a whole picture needs more than `budgetBytes`.
 */
export async function encodeFrames(encoding: Encoding, budgetBytes: number): Promise<Float32Array> {
  const { set, frames, size, watch } = encoding;
  const { channels, scale } = set.index.latents;
  if ((frames.length - 1) % scale.time !== 0) {
    throw new AppError('internal', `${frames.length} frames are no ${scale.time}k + 1.`);
  }
  const area = { width: size.width / scale.space, height: size.height / scale.space };
  const shape = { channels, frames: (frames.length - 1) / scale.time + 1, ...area };
  const grid = planTiles(set.index, area, budgetBytes);
  const runs = shape.frames * tilesOf(grid).length;
  const latents = new Float32Array(channels * shape.frames * area.height * area.width);
  let done = 0;
  for await (const part of encodeTiles(encoding, grid)) {
    addPart(latents, part, shape);
    watch?.(++done, runs);
  }
  return latents;
}

/** Normalised latents of a tile at one latent frame, and how much counts of each. */
interface Part {
  tile: LatentTile;
  frame: number;
  /** [channels, rows, columns]. */
  values: Float32Array;
  down: Float32Array;
  across: Float32Array;
}

async function* encodeTiles(encoding: Encoding, { rows, columns }: TileGrid): AsyncGenerator<Part> {
  const [down, across] = [sharesOf(rows, 1), sharesOf(columns, 1)];
  for (const [j, row] of rows.entries()) {
    for (const [i, column] of columns.entries()) {
      const tile = { rows: row, columns: column };
      let frame = 0;
      for await (const values of encodeTile(encoding, tile)) {
        yield { tile, frame: frame++, values, down: down[j]!, across: across[i]! };
      }
    }
  }
}

async function* encodeTile({ set, frames, size }: Encoding, tile: LatentTile): AsyncGenerator<Float32Array> {
  const { channels, scale } = set.index.latents;
  const [height, width] = [tile.rows.end - tile.rows.start, tile.columns.end - tile.columns.start];
  const chain = new VaeChain(set, 'vae_encoder');
  try {
    for (let at = 0; at < frames.length; at += at === 0 ? 1 : scale.time) {
      const group = frames.slice(at, at === 0 ? 1 : at + scale.time);
      const moments = await chain.run(cutFrames(group, size, tile, scale.space), [1, null, 1, height, width]);
      yield normalised(set, moments.subarray(0, channels * height * width));
    }
  } finally {
    chain.dispose();
  }
}

/** A tile of some frames, [1, 3, frames, height, width]. */
function cutFrames(
  frames: readonly Float32Array[],
  size: Size,
  { rows, columns }: LatentTile,
  space: number,
): Tensor {
  const height = (rows.end - rows.start) * space;
  const width = (columns.end - columns.start) * space;
  const cut = new Float32Array(3 * frames.length * height * width);
  let to = 0;
  for (let channel = 0; channel < 3; channel++) {
    for (const frame of frames) {
      for (let y = 0; y < height; y++, to += width) {
        const from = (channel * size.height + rows.start * space + y) * size.width + columns.start * space;
        cut.set(frame.subarray(from, from + width), to);
      }
    }
  }
  return floatTensor(cut, [1, 3, frames.length, height, width]);
}

/** By the channel's mean and deviation. */
function normalised({ index }: GraphSet, means: Float32Array): Float32Array {
  const { mean, std, channels } = index.latents;
  const plane = means.length / channels;
  return means.map((value, at) => {
    const channel = Math.floor(at / plane);
    return (value - mean[channel]!) / std[channel]!;
  });
}

function addPart(
  latents: Float32Array,
  { tile, frame, values, down, across }: Part,
  shape: LatentShape,
): void {
  const { channels, frames, height, width } = shape;
  let from = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < down.length; y++) {
      const row = (channel * frames + frame) * height + tile.rows.start + y;
      const to = row * width + tile.columns.start;
      for (let x = 0; x < across.length; x++) latents[to + x]! += values[from++]! * down[y]! * across[x]!;
    }
  }
}
