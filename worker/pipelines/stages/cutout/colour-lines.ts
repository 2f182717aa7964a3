import type { Plane } from '#worker/pipelines/raster/size';
import { invertSymmetric } from '#worker/pipelines/raster/symmetric';
import type { RefinedMatte } from './refine-matte.ts';

/** Pixels around one that its line is drawn through. */
const RADIUS = 2;
/** Variance of a channel, of values 0..255, that is taken for noise. */
const NOISE = 6.5;

/** Opacity as a linear function of colour (0..255), one of its own for each pixel: three slopes and what is added. */
export type ColourLines = readonly [red: Plane, green: Plane, blue: Plane, constant: Plane];

/**
 * The linear functions that give a matte's opacities around each pixel best, as the guided filter has them (He, Sun &
 * Tang, "Guided Image Filtering", 2013, for a guide in colour). Where nothing was solved for, the constant is all.
 */
export function colourLines({ photo, alpha, isUnknown }: RefinedMatte): ColourLines {
  const { width, height } = photo;
  const plane = () => ({ width, height, data: new Float32Array(width * height) });
  const lines = [plane(), plane(), plane(), { ...alpha, data: alpha.data.slice() }] as const;
  const moments = new Moments();
  for (let i = 0; i < isUnknown.length; i++) {
    if (isUnknown[i] === 0) continue;
    moments.gather(photo.rgb, alpha, i);
    const slopes = moments.slopes();
    lines[0].data[i] = slopes[0];
    lines[1].data[i] = slopes[1];
    lines[2].data[i] = slopes[2];
    lines[3].data[i] = moments.constant(slopes);
  }
  return lines;
}

type Slopes = readonly [number, number, number];

/** Means and covariances of colour and opacity around a pixel. */
class Moments {
  readonly #colour = new Float64Array(3);
  #alpha = 0;
  /** Of colours: the upper triangle, row by row. Of colours and opacity. */
  readonly #covariance = new Float64Array(6);
  readonly #joint = new Float64Array(3);
  readonly #inverse = new Float64Array(6);

  gather(rgb: Uint8Array, { width, height, data }: Plane, centre: number): void {
    const x = centre % width;
    const y = Math.floor(centre / width);
    const [left, right] = [Math.max(0, x - RADIUS), Math.min(width - 1, x + RADIUS)];
    const [top, bottom] = [Math.max(0, y - RADIUS), Math.min(height - 1, y + RADIUS)];
    this.#clear();
    for (let row = top; row <= bottom; row++) {
      for (let i = row * width + left; i <= row * width + right; i++) {
        this.#add(rgb[i * 3]!, rgb[i * 3 + 1]!, rgb[i * 3 + 2]!, data[i]!);
      }
    }
    this.#settle((right - left + 1) * (bottom - top + 1));
  }

  slopes(): Slopes {
    const [r, g, b] = this.#joint as unknown as Slopes;
    const inverse = this.#inverse;
    invertSymmetric(this.#covariance, inverse);
    return [
      inverse[0]! * r + inverse[1]! * g + inverse[2]! * b,
      inverse[1]! * r + inverse[3]! * g + inverse[4]! * b,
      inverse[2]! * r + inverse[4]! * g + inverse[5]! * b,
    ];
  }

  constant(slopes: Slopes): number {
    return slopes.reduce((rest, slope, c) => rest - slope * this.#colour[c]!, this.#alpha);
  }

  #clear(): void {
    this.#colour.fill(0);
    this.#covariance.fill(0);
    this.#joint.fill(0);
    this.#alpha = 0;
  }

  #add(r: number, g: number, b: number, alpha: number): void {
    const [colour, covariance, joint] = [this.#colour, this.#covariance, this.#joint];
    colour[0]! += r;
    colour[1]! += g;
    colour[2]! += b;
    covariance[0]! += r * r;
    covariance[1]! += r * g;
    covariance[2]! += r * b;
    covariance[3]! += g * g;
    covariance[4]! += g * b;
    covariance[5]! += b * b;
    joint[0]! += r * alpha;
    joint[1]! += g * alpha;
    joint[2]! += b * alpha;
    this.#alpha += alpha;
  }

  /** Turn sums over so many pixels into means and covariances. */
  #settle(count: number): void {
    const [colour, covariance, joint] = [this.#colour, this.#covariance, this.#joint];
    this.#alpha /= count;
    for (let c = 0; c < 3; c++) colour[c]! /= count;
    for (let a = 0, at = 0; a < 3; a++) {
      joint[a] = joint[a]! / count - colour[a]! * this.#alpha;
      for (let b = a; b < 3; b++, at++) {
        covariance[at] = covariance[at]! / count - colour[a]! * colour[b]! + (a === b ? NOISE : 0);
      }
    }
  }
}
