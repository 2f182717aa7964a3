import type { Picture, Size } from '#worker/pipelines/raster/size';
import { ColourWindow, WINDOW } from './colour-window.ts';

/** Neighbours of a pixel that come after it in reading order and share a window of 3x3 with it. */
const LATER = 12;
/** Which of the later neighbours pixel j of a window is to pixel i, for each i before j. */
const SLOTS = Int32Array.from({ length: WINDOW * WINDOW }, (_, pair) => {
  const [i, j] = [Math.floor(pair / WINDOW), pair % WINDOW];
  const down = Math.floor(j / 3) - Math.floor(i / 3);
  const across = (j % 3) - (i % 3);
  return down === 0 ? across - 1 : 2 + (down - 1) * 5 + across + 2;
});
/** Variance of colour, of values 0..1, that is taken for noise. */
const NOISE = 1e-4;

/**
 * The matting Laplacian of Levin, Lischinski & Weiss, "A Closed-Form Solution to Natural Image Matting", 2008, over
 * the unknown pixels of a picture: how badly opacities fit what it assumes, that in every window of 3x3 they are a
 * linear function of colour. Known pixels enter as constants.
 */
export class BandLaplacian {
  /** Pixel of each unknown. */
  readonly pixels: Int32Array;
  readonly diagonal: Float32Array;
  /** What the known pixels pull each unknown to: the right side of the equations. */
  readonly pull: Float32Array;
  readonly #later: Float32Array;
  readonly #neighbours: Int32Array;

  /** `isUnknown`: 1 where `alpha` (0..1) is not known. */
  constructor(photo: Picture, alpha: Float32Array, isUnknown: Uint8Array) {
    const unknownAt = new Int32Array(isUnknown.length).fill(-1);
    this.pixels = pixelsOf(isUnknown);
    const count = this.pixels.length;
    for (let i = 0; i < count; i++) unknownAt[this.pixels[i]!] = i;
    this.diagonal = new Float32Array(count);
    this.pull = new Float32Array(count);
    this.#later = new Float32Array(count * LATER);
    this.#neighbours = new Int32Array(count * LATER).fill(-1);
    const window = new ColourWindow(photo, NOISE);
    forEachCentre(photo, unknownAt, (centre) => {
      window.moveTo(centre);
      this.#add(window, unknownAt, alpha);
    });
  }

  /** The Laplacian times `values`, into `product`; one value for each unknown. */
  multiply(values: Float32Array, product: Float32Array): void {
    const [later, neighbours, diagonal] = [this.#later, this.#neighbours, this.diagonal];
    for (let i = 0; i < product.length; i++) product[i] = diagonal[i]! * values[i]!;
    for (let i = 0, at = 0; i < product.length; i++) {
      const value = values[i]!;
      let sum = 0;
      for (let k = 0; k < LATER; k++, at++) {
        const neighbour = neighbours[at]!;
        if (neighbour < 0) continue;
        const weight = later[at]!;
        sum += weight * values[neighbour]!;
        product[neighbour]! += weight * value;
      }
      product[i]! += sum;
    }
  }

  #add(window: ColourWindow, unknownAt: Int32Array, alpha: Float32Array): void {
    for (let i = 0; i < WINDOW; i++) {
      const first = unknownAt[window.pixels[i]!]!;
      if (first >= 0) this.diagonal[first]! += 1 - window.likeness(i, i);
      for (let j = i + 1; j < WINDOW; j++) {
        const second = unknownAt[window.pixels[j]!]!;
        if (first < 0 && second < 0) continue;
        const likeness = window.likeness(i, j);
        if (first < 0) this.pull[second]! += likeness * alpha[window.pixels[i]!]!;
        else if (second < 0) this.pull[first]! += likeness * alpha[window.pixels[j]!]!;
        else {
          const at = first * LATER + SLOTS[i * WINDOW + j]!;
          this.#later[at]! -= likeness;
          this.#neighbours[at] = second;
        }
      }
    }
  }
}

/** The unknown pixels, in reading order. */
function pixelsOf(isUnknown: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < isUnknown.length; i++) count += isUnknown[i]!;
  const pixels = new Int32Array(count);
  for (let i = 0, at = 0; i < isUnknown.length; i++) if (isUnknown[i] === 1) pixels[at++] = i;
  return pixels;
}

/** Every pixel whose window has an unknown pixel in it, but for the picture's border, which has no window. */
function forEachCentre(
  { width, height }: Size,
  unknownAt: Int32Array,
  visit: (centre: number) => void,
): void {
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      if (anyInRow(unknownAt, i - width) || anyInRow(unknownAt, i) || anyInRow(unknownAt, i + width))
        visit(i);
    }
  }
}

function anyInRow(unknownAt: Int32Array, i: number): boolean {
  return unknownAt[i - 1]! >= 0 || unknownAt[i]! >= 0 || unknownAt[i + 1]! >= 0;
}
