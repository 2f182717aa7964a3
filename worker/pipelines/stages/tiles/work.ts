import { readFile } from 'node:fs/promises';
import { PngBands } from '#worker/pipelines/raster/png-bands';
import type { StageContext } from '#worker/pipelines/run';
import type { Size } from '#worker/pipelines/raster/size';
import type { Span } from './grid.ts';
import { Strip } from './strip.ts';

/** A picture that is made in rows of tiles. */
export interface Tiling {
  /** What it is made with. */
  modelId: string;
  /** Of the picture that is made. */
  size: Size;
  /** How many times as large as the one it is made of. */
  factor: number;
  /** Rows of the latter, and how many pixels of it tiles are blended over at each side. */
  rows: readonly Span[];
  feather: number;
}

/** How far such a picture is. */
export interface Work {
  /** Rows of tiles that are done. */
  done: number;
  strip: Strip;
  png: PngBands;
}

interface SavedState {
  modelId: string;
  done: number;
  /** The first row of the result that is not in a band yet. */
  top: number;
  bands: number;
  checksum: number;
}

type Checkpoint = StageContext['checkpoint'];

const CARRIED = 'carried.f32';

/** What an earlier attempt left with the same model, or nothing done yet. */
export async function takeUp({ latest }: Checkpoint, plan: Tiling, channels: 3 | 4): Promise<Work> {
  const state = latest?.state as SavedState | undefined;
  if (!latest || state?.modelId !== plan.modelId)
    return { done: 0, strip: stripFor(plan), png: new PngBands(plan.size, channels) };
  const { done, top, bands: count, checksum } = state;
  const bands: Uint8Array[] = [];
  for (let band = 0; band < count; band++) bands.push(await readFile(latest.path(bandFile(band))));
  const carried = await readFile(latest.path(CARRIED));
  const floats = new Float32Array(new Uint8Array(carried).buffer);
  return {
    done,
    strip: stripFor(plan, top, floats),
    png: new PngBands(plan.size, channels, { bands, checksum }),
  };
}

/** Room for a row of tiles and what it shares with its neighbours. */
function stripFor({ size, rows, factor, feather }: Tiling, top?: number, carried?: Float32Array): Strip {
  const tile = rows[0]!.end - rows[0]!.start;
  return new Strip(size.width, (tile + 2 * feather) * factor, top, carried);
}

/**
 * Save how far it is. All that is finished is saved anew each time: for the largest picture there is, 16384x16384, that
 * is a few hundred megabytes for each of some thirty rows, which take a minute or more each.
 */
export async function save(
  checkpoint: Checkpoint,
  { modelId, factor, feather }: Tiling,
  work: Work,
): Promise<void> {
  const { done, strip, png } = work;
  const { bands, checksum } = png.soFar;
  const state: SavedState = { modelId, done, top: strip.top, bands: bands.length, checksum };
  const carried = strip.carried(2 * feather * factor);
  const files = Object.fromEntries(bands.map((band, index) => [bandFile(index), band]));
  await checkpoint.save(state, { ...files, [CARRIED]: new Uint8Array(carried.buffer) });
}

function bandFile(index: number): string {
  return `band-${index}.deflate`;
}
