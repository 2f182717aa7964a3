import { expect, test } from 'vitest';
import { concatChannels, conditionFrames, conditionMask, maskedCondition } from './mask-concat.ts';

const SHAPE = { channels: 16, frames: 3, height: 1, width: 2 };

/** A mask's channels as text: for each latent frame, the first of its two pixels. */
function channels(mask: Float32Array): string[] {
  return [0, 1, 2, 3].map((channel) => [0, 1, 2].map((frame) => mask[(channel * 3 + frame) * 2]).join(''));
}

test('the frames that are not known are zeros', () => {
  const [first, last] = [Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)];
  const nothing = new Float32Array(3);
  expect(conditionFrames(first, null, 5)).toEqual([first, nothing, nothing, nothing, nothing]);
  expect(conditionFrames(first, last, 5)).toEqual([first, nothing, nothing, nothing, last]);
});

/*
 * As the published pipelines make it: of a mask for each of the 9 frames the first is repeated four times, 12 in all,
 * and each latent frame has four of them as its channels.
 */
test.each([
  [{ first: false, last: false }, ['000', '000', '000', '000']],
  [{ first: true, last: false }, ['100', '100', '100', '100']],
  [{ first: true, last: true }, ['100', '100', '100', '101']],
  [{ first: false, last: true }, ['000', '000', '000', '001']],
])('the mask of %o', (given, expected) => {
  const mask = conditionMask(SHAPE, given);
  expect(mask).toHaveLength(4 * 3 * 2);
  expect(channels(mask)).toEqual(expected);
  const byFrame = Array.from({ length: 9 }, (_, at) => (at === 0 ? given.first : at === 8 && given.last));
  const repeated = [byFrame[0], byFrame[0], byFrame[0], ...byFrame];
  repeated.forEach((known, at) => {
    const [frame, channel] = [Math.floor(at / 4), at % 4];
    for (const pixel of [0, 1]) expect(mask[(channel * 3 + frame) * 2 + pixel]).toBe(known ? 1 : 0);
  });
});

test('a condition is the mask, and after it the pictures', () => {
  const encoded = Float32Array.from({ length: 16 * 6 }, (_, at) => at + 2);
  const condition = maskedCondition(SHAPE, { first: true, last: false }, encoded);
  expect(condition).toHaveLength(20 * 6);
  expect(channels(condition)).toEqual(['100', '100', '100', '100']);
  expect(condition.subarray(4 * 6)).toEqual(encoded);
});

test('without a picture, a condition is nothing but zeros', () => {
  expect(maskedCondition(SHAPE, { first: false, last: false }, null)).toEqual(new Float32Array(20 * 6));
});

test('latents come before what they are conditioned on', () => {
  expect(concatChannels(Float32Array.of(1, 2), Float32Array.of(3, 4, 5))).toEqual(
    Float32Array.of(1, 2, 3, 4, 5),
  );
});
