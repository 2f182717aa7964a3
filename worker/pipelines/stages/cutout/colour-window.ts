import { invertSymmetric } from '#worker/pipelines/raster/symmetric';
import type { Picture } from '#worker/pipelines/raster/size';

/** Pixels of a window. */
export const WINDOW = 9;

/** The colours of the nine pixels around a place, and how alike they are. Moved about instead of made anew. */
export class ColourWindow {
  /** Where they lie, in reading order. */
  readonly pixels = new Int32Array(WINDOW);
  readonly #rgb: Uint8Array;
  readonly #width: number;
  readonly #noise: number;
  /** Colours (0..1) less their mean, and the same through the inverse of their covariance. */
  readonly #colours = new Float64Array(WINDOW * 3);
  readonly #whitened = new Float64Array(WINDOW * 3);
  readonly #covariance = new Float64Array(6);
  readonly #inverse = new Float64Array(6);

  /** `noise`: variance of colour, of values 0..1, that says nothing. */
  constructor({ width, rgb }: Picture, noise: number) {
    this.#rgb = rgb;
    this.#width = width;
    this.#noise = noise;
  }

  /** `centre` is no pixel of the picture's border. */
  moveTo(centre: number): void {
    for (let i = 0, row = centre - this.#width - 1; i < WINDOW; row += this.#width) {
      for (let across = 0; across < 3; across++, i++) {
        const pixel = row + across;
        this.pixels[i] = pixel;
        for (let c = 0; c < 3; c++) this.#colours[i * 3 + c] = this.#rgb[pixel * 3 + c]! / 255;
      }
    }
    this.#subtractMean();
    this.#whiten();
  }

  /** How much pixels i and j are held to the same opacity; equation 12 of the paper that BandLaplacian names. */
  likeness(i: number, j: number): number {
    const [a, b] = [i * 3, j * 3];
    const product =
      this.#colours[a]! * this.#whitened[b]! +
      this.#colours[a + 1]! * this.#whitened[b + 1]! +
      this.#colours[a + 2]! * this.#whitened[b + 2]!;
    return (1 + product) / WINDOW;
  }

  #subtractMean(): void {
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      for (let at = c; at < WINDOW * 3; at += 3) sum += this.#colours[at]!;
      for (let at = c; at < WINDOW * 3; at += 3) this.#colours[at]! -= sum / WINDOW;
    }
  }

  #whiten(): void {
    const colours = this.#colours;
    const covariance = this.#covariance;
    const inverse = this.#inverse;
    covariance.fill(0);
    for (let at = 0; at < WINDOW * 3; at += 3) {
      const r = colours[at]! / WINDOW;
      const g = colours[at + 1]! / WINDOW;
      covariance[0]! += r * colours[at]!;
      covariance[1]! += r * colours[at + 1]!;
      covariance[2]! += r * colours[at + 2]!;
      covariance[3]! += g * colours[at + 1]!;
      covariance[4]! += g * colours[at + 2]!;
      covariance[5]! += (colours[at + 2]! * colours[at + 2]!) / WINDOW;
    }
    for (const at of DIAGONAL) covariance[at]! += this.#noise / WINDOW;
    invertSymmetric(covariance, inverse);
    for (let at = 0; at < WINDOW * 3; at += 3) {
      const r = colours[at]!;
      const g = colours[at + 1]!;
      const b = colours[at + 2]!;
      this.#whitened[at] = inverse[0]! * r + inverse[1]! * g + inverse[2]! * b;
      this.#whitened[at + 1] = inverse[1]! * r + inverse[3]! * g + inverse[4]! * b;
      this.#whitened[at + 2] = inverse[2]! * r + inverse[4]! * g + inverse[5]! * b;
    }
  }
}

const DIAGONAL = [0, 3, 5];
