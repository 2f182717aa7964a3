import { expect, test } from 'vitest';
import { drawKnownCutout, type KnownCutout } from '#tests/cutouts/known-cutout';
import { cutOut } from './foreground.ts';

const GREEN = [0, 255, 0];

/** Mean difference (0..255) to the subject laid on green, over the pixels that show some of both. */
function rimOnGreen(colours: Uint8Array, channels: number, known: KnownCutout) {
  let [sum, count] = [0, 0];
  for (const [i, opacity] of known.opacity.entries()) {
    if (opacity === 0 || opacity === 255) continue;
    for (const [c, green] of GREEN.entries()) {
      const over = (colour: number) => (colour * opacity + green * (255 - opacity)) / 255;
      sum += Math.abs(over(colours[i * channels + c]!) - over(known.subject[i * 3 + c]!));
      count++;
    }
  }
  return sum / count;
}

test('laid on green, no rim of the old background is seen', async () => {
  const known = await drawKnownCutout(800, 600);
  const cutout = cutOut(known, known.opacity);
  expect(rimOnGreen(known.rgb, 3, known)).toBeGreaterThan(10);
  expect(rimOnGreen(cutout, 4, known)).toBeLessThan(4);
});

test('what is opaque keeps its colour, and nothing is left of what is transparent', async () => {
  const known = await drawKnownCutout(200, 150);
  const cutout = cutOut(known, known.opacity);
  const expected = cutout.map((colour, at) => {
    const [i, c] = [Math.floor(at / 4), at % 4];
    if (c === 3) return known.opacity[i]!;
    if (known.opacity[i] === 0) return 0;
    return known.opacity[i] === 255 ? known.rgb[i * 3 + c]! : colour;
  });
  expect(cutout).toEqual(expected);
});

test('a photo without an edge is given back whole', () => {
  const rgb = Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => at % 251);
  const cutout = cutOut({ width: 64, height: 64, rgb }, new Uint8Array(64 * 64).fill(255));
  expect(cutout.filter((_, at) => at % 4 !== 3)).toEqual(rgb);
});
