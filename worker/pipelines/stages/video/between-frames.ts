import type { Picture } from '#worker/pipelines/raster/size';

/** A way from one picture to another. `Moment` is what it keeps of a moment between them. */
export interface Passage<Moment> {
  first: Moment;
  last: Moment;
  /** The moment at `t`, 0..1, of the way from one to a later or earlier one. */
  between(from: Moment, to: Moment, t: number): Promise<Moment>;
  show(moment: Moment): Picture;
}

/**
 * Up to so many steps are made straight from the two moments at their ends. The network keeps its own time well from
 * 1/6 to 5/6; it hardly goes below 0.08 or above 0.92, whatever it is asked for.
 */
const MOST_STEPS = 6;

/**
 * The frames of a passage in their order, evenly in time, its first and last included; with `loop`, there and back, so
 * that the first could follow on the last. Memory grows with the logarithm of their number.
 *
 * Stretches are halved until the network can be asked for every frame left in one. Measured on photos and their shifted,
 * zoomed and rotated copies, 49 frames: straight from the two pictures, the frames next to them jump (PSNR against the
 * true ones down to 15 dB, where this has 26); halved to the end, every frame is where it belongs too, but those that
 * lie deep were resampled more often than their neighbours, and the sharpness pulses more.
 */
export async function* passageFrames<Moment>(
  passage: Passage<Moment>,
  { frameCount, loop }: { frameCount: number; loop: boolean },
): AsyncGenerator<Picture> {
  const { first, last } = passage;
  const there = loop ? Math.floor(frameCount / 2) : frameCount - 1;
  yield passage.show(first);
  for await (const moment of inBetween(passage, first, last, there)) yield passage.show(moment);
  yield passage.show(last);
  if (!loop) return;
  for await (const moment of inBetween(passage, last, first, frameCount - there)) yield passage.show(moment);
}

/** The `steps - 1` moments that part the way into equal steps, in their order. */
async function* inBetween<Moment>(
  passage: Passage<Moment>,
  from: Moment,
  to: Moment,
  steps: number,
): AsyncGenerator<Moment> {
  if (steps <= MOST_STEPS) {
    for (let step = 1; step < steps; step++) yield await passage.between(from, to, step / steps);
    return;
  }
  const half = Math.floor(steps / 2);
  const middle = await passage.between(from, to, half / steps);
  yield* inBetween(passage, from, middle, half);
  yield middle;
  yield* inBetween(passage, middle, to, steps - half);
}
