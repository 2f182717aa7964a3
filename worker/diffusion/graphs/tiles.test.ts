import { expect, test } from 'vitest';
import type { ModelIndex } from '#lib/models/contract/model-index';
import { MEAN_16, STD_16 } from '#tests/tiny-wan/tiny-index';
import { temporaryFolder } from '#tests/temporary-folder';
import { bindTinyWan, tinyWan } from '#tests/tiny-wan/tiny-wan';
import { readdirSync } from 'node:fs';
import { planTiles, sharesOf, tilesOf, vaeBytes } from './tiles.ts';

/** Wan 2.1 at 480x832, whose decoder's caches alone take 3.8 GB; its weights are 0.5 GB. */
function wan(): ModelIndex {
  const { index } = tinyWan('wan-2.1-t2v');
  const { vae_decoder_init: init, vae_decoder_step: step } = index.graphs;
  init.files[0].bytes = 250_000_000;
  step.files[0].bytes = 250_000_000;
  index.size.default = { width: 832, height: 480 };
  index.memory.vae = 8_500_000_000;
  return index;
}

const WAN_SIZE = { width: 104, height: 60 };

test('memory is the weights and what grows with the picture', () => {
  expect(vaeBytes(wan(), 104 * 60)).toBe(8_500_000_000);
  expect(vaeBytes(wan(), (104 * 60) / 4)).toBe(500_000_000 + 2_000_000_000);
});

test('what fits is not cut', () => {
  const { rows, columns } = planTiles(wan(), WAN_SIZE, 8_500_000_000);
  expect([rows, columns]).toEqual([[{ start: 0, end: 60 }], [{ start: 0, end: 104 }]]);
});

test.each([6e9, 5e9, 4e9, 3e9, 2e9, 1e9])('tiles within %i bytes cover the picture and overlap', (budget) => {
  const grid = planTiles(wan(), WAN_SIZE, budget);
  for (const [spans, length] of [
    [grid.rows, 60],
    [grid.columns, 104],
  ] as const) {
    expect([spans[0]!.start, spans.at(-1)!.end]).toEqual([0, length]);
    spans.slice(1).forEach(({ start }, at) => expect(spans[at]!.end - start).toBeGreaterThanOrEqual(7));
    for (const { start, end } of spans) expect(end - start).toBeGreaterThanOrEqual(32);
  }
  const [tile] = tilesOf(grid);
  const area = (tile!.rows.end - tile!.rows.start) * (tile!.columns.end - tile!.columns.start);
  const least = 34 * 38;
  expect(vaeBytes(wan(), area) <= budget || area <= least).toBe(true);
});

test('a small picture is never cut, whatever there is', () => {
  expect(tilesOf(planTiles(wan(), { width: 40, height: 40 }, 1))).toHaveLength(1);
});

test.each([
  [[{ start: 0, end: 16 }]],
  [
    [
      { start: 0, end: 36 },
      { start: 28, end: 64 },
    ],
  ],
  [
    [
      { start: 0, end: 40 },
      { start: 31, end: 71 },
      { start: 64, end: 104 },
    ],
  ],
])('the shares of tiles come to 1 everywhere, and fade evenly', (spans) => {
  for (const scale of [1, 8]) {
    const sums = new Float64Array(spans.at(-1)!.end * scale);
    sharesOf(spans, scale).forEach((shares, at) => {
      shares.forEach((share, i) => (sums[spans[at]!.start * scale + i]! += share));
    });
    for (const sum of sums) expect(sum).toBeCloseTo(1, 6);
  }
});

test('a tile fades out over what it has in common with the next', () => {
  const [first, second] = sharesOf(
    [
      { start: 0, end: 4 },
      { start: 2, end: 6 },
    ],
    1,
  );
  expect([...first!]).toEqual([1, 1, 0.75, 0.25]);
  expect([...second!]).toEqual([0.25, 0.75, 1, 1]);
});

/** A video of 5 frames whose every latent is its own. */
const SHAPE = { channels: 16, frames: 2, height: 44, width: 56 };
const LATENTS = Float32Array.from({ length: 16 * 2 * 44 * 56 }, (_, at) => Math.sin(at / 7));

test('a video decoded in tiles is the one that is decoded whole', async () => {
  const tiny = tinyWan('wan-2.1-t2v');
  const scratchDir = temporaryFolder();
  const told: string[] = [];
  const watch = (done: number, of: number) => told.push(`${done}/${of}`);
  const tiled = bindTinyWan(tiny, 1).decode(LATENTS, SHAPE, { scratchDir, watch });
  let frames = 0;
  for await (const whole of bindTinyWan(tiny).decode(LATENTS, SHAPE)) {
    const { value } = await tiled.next();
    expect([value.width, value.height]).toEqual([whole.width, whole.height]);
    expect(Buffer.compare(value.rgb, whole.rgb)).toBe(0);
    frames++;
  }
  expect(frames).toBe(5);
  // Two tiles across; down, half of the picture and the overlap would be under 256 pixels.
  expect(told).toEqual(['1/4', '2/4', '3/4', '4/4']);
  expect(await tiled.next()).toEqual({ done: true, value: undefined });
  expect(readdirSync(scratchDir)).toEqual([]);
});

test('decoding in tiles that is broken off leaves no files', async () => {
  const scratchDir = temporaryFolder();
  const cancelled = new Error('cancelled');
  const watch = (done: number) => {
    if (done === 3) throw cancelled;
  };
  const pictures = bindTinyWan(tinyWan('wan-2.1-t2v'), 1).decode(LATENTS, SHAPE, { scratchDir, watch });
  await expect(pictures.next()).rejects.toBe(cancelled);
  expect(readdirSync(scratchDir)).toEqual([]);
});

test('a picture encoded in tiles is the one that is encoded whole', async () => {
  const tiny = tinyWan('wan-2.1-i2v');
  const size = { width: 448, height: 352 };
  const picture = Float32Array.from({ length: 3 * 448 * 352 }, (_, at) => Math.sin(at / 500));
  const nothing = new Float32Array(picture.length);
  const frames = [picture, nothing, nothing, nothing, picture];
  const tiled = await bindTinyWan(tiny, 1).encodeFrames(frames, size);
  const whole = await bindTinyWan(tiny).encodeFrames(frames, size);
  expect(whole).toHaveLength(16 * 2 * 44 * 56);
  const most = whole.reduce((most, value, at) => Math.max(most, Math.abs(tiled[at]! - value)), 0);
  expect(most).toBeLessThan(1e-5);
  // Green's first latent of the second group: the mean of three greys and the picture, on top of the picture.
  let mean = 0;
  for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) mean += picture[(352 + y) * 448 + x]! / 64;
  expect(whole[(1 * 2 + 1) * 44 * 56]).toBeCloseTo((2 * (mean / 4 + mean) - MEAN_16[1]!) / STD_16[1]!, 4);
});
