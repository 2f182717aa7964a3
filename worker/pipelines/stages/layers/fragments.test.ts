import { expect, test } from 'vitest';
import { reclaimFragments } from './fragments.ts';

const size = { width: 960, height: 640 };
const pixels = size.width * size.height;
/** The column in which the thing in front begins, as far as the cut knows. */
const EDGE = 480;
const ORANGE = [210, 110, 40];
const SKY = [170, 190, 200];
const LEAF = [40, 90, 40];
const WATER = [40, 60, 200];

function photo(colourAt: (x: number, y: number) => readonly number[]) {
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) rgb.set(colourAt(i % size.width, Math.floor(i / size.width)), i * 3);
  return { ...size, rgb };
}

function bandsOf(bandAt: (x: number, y: number) => number): Uint8Array {
  return new Uint8Array(pixels).map((_, i) => bandAt(i % size.width, Math.floor(i / size.width)));
}

const cut = () => bandsOf((x) => (x >= EDGE ? 2 : 1));
const changes = (before: Uint8Array, after: Uint8Array) =>
  before.reduce((count, band, i) => count + (band === after[i] ? 0 : 1), 0);
const row = (bands: Uint8Array, y: number) => bands.subarray(y * size.width, (y + 1) * size.width);

test('a thin tip of the thing in front goes with it, what is as thin and of another colour does not', async () => {
  const bands = cut();
  const picture = photo((x, y) => {
    const isTip = x >= EDGE - 4 && y % 160 < 2;
    return x >= EDGE || (isTip && y < 320) ? ORANGE : isTip ? WATER : SKY;
  });
  await reclaimFragments(bands, picture, 2);
  expect([...row(bands, 160).subarray(EDGE - 6, EDGE + 1)]).toEqual([1, 1, 2, 2, 2, 2, 2]);
  expect(row(bands, 480)).toEqual(row(cut(), 480));
  expect(row(bands, 240)).toEqual(row(cut(), 240));
});

test('a spot of the same colour that does not touch the thing stays', async () => {
  const bands = cut();
  await reclaimFragments(
    bands,
    photo((x, y) => (x >= EDGE || (x === EDGE - 4 && y === 160) ? ORANGE : SKY)),
    2,
  );
  expect(changes(cut(), bands)).toBe(0);
});

test('where both sides look the same, the cut stays as it is', async () => {
  const bands = cut();
  await reclaimFragments(
    bands,
    photo((x, y) => ((x * 7 + y * 13) % 5 < 2 ? [60, 90, 40] : [90, 120, 60])),
    2,
  );
  expect(changes(cut(), bands)).toBe(0);
});

test('sky that the cut gave to the leaves does not go with a pale thing beside it', async () => {
  const bands = bandsOf((x, y) => (x >= EDGE ? 3 : y < 320 ? 1 : 2));
  const before = bands.slice();
  const picture = photo((x, y) => {
    if (x >= EDGE) return [200, 205, 200];
    return y < 320 || (y < 326 && x >= EDGE - 10) ? SKY : LEAF;
  });
  await reclaimFragments(bands, picture, 3);
  expect(changes(before, bands)).toBe(0);
});

test('a narrow band keeps half of its pixels, however much like the thing in front they look', async () => {
  const bands = bandsOf((x) => (x < EDGE ? 1 : x < EDGE + 12 ? 2 : 3));
  const before = bands.slice();
  const picture = photo((x, y) => {
    if (x < EDGE) return SKY;
    return x < EDGE + 12 && y % 4 === 0 ? WATER : ORANGE;
  });
  await reclaimFragments(bands, picture, 3);
  expect(changes(before, bands)).toBe((12 / 2) * size.height);
});

test('a band too narrow to have colours of its own is left alone', async () => {
  const bands = bandsOf((x) => (x < EDGE ? 1 : x < EDGE + 4 ? 2 : 3));
  const before = bands.slice();
  await reclaimFragments(
    bands,
    photo((x) => (x < EDGE ? SKY : ORANGE)),
    3,
  );
  expect(changes(before, bands)).toBe(0);
});
