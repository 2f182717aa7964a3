import { smoothstep } from '#worker/pipelines/raster/levels';
import { enlarge } from '#worker/pipelines/raster/resample';
import { fitWithin, type Picture, type Plane, type Size } from '#worker/pipelines/raster/size';
import { shrinkPhoto } from '../photo.ts';
import { undecidedBand } from './band.ts';
import { BandLaplacian } from './band-laplacian.ts';
import { guessByColour } from './colour-guess.ts';
import { solve } from './conjugate-gradients.ts';
import { dropGhosts } from './ghosts.ts';

/** Long side up to which edges are solved for; the rest of the way they are upsampled by the photo. */
const WORKING_SIDE = 1280;
/** Long side below which halving ends: about what a network sees. */
const COARSEST_SIDE = 240;
/** What a matting network says between these shows its doubt, and not an opacity. */
const DOUBT = { from: 0.25, to: 0.75 };

/** How strongly an opacity is held to what the colours alone say, against the Laplacian. */
const TRUST_IN_COLOUR = 0.1;

/** A matte at a size where its edges are known well, with the photo at that size. */
export interface RefinedMatte {
  photo: Picture;
  alpha: Plane;
  /** 1 where the opacity was solved for, 0 where it is plainly 0 or 1. */
  isUnknown: Uint8Array;
}

/** How the edges of one size are found. */
interface Round {
  /** Pixels around what is undecided that may change, too. */
  reach: number;
  /** How strongly an opacity is held to what was expected of it, against the Laplacian. */
  trust: number;
  expected: Float32Array;
  /** Most steps of the solver. */
  steps: number;
}

/**
 * Edges as the photo has them, for a matte whose own are coarse. Only the band around them is solved for, by closed-form
 * matting held to the matte and to a guess by colour; from a small size to larger ones, each beginning with the result
 * of the one before. `onStep` is called before each size, and may throw to stop.
 */
export async function refineMatte(
  matte: Plane,
  photo: Picture,
  onStep: (step: number, steps: number) => void = () => {},
): Promise<RefinedMatte> {
  const sizes = sizesFor(photo);
  let refined = await firstRound(matte, await shrinkPhoto(photo, sizes[0]!));
  for (const [done, size] of sizes.slice(1).entries()) {
    onStep(done + 1, sizes.length);
    const alpha = enlarge(refined.alpha, size);
    const round = { reach: 2, trust: 0.005, expected: alpha.data, steps: 25 };
    refined = refineOnce(alpha, await shrinkPhoto(photo, size), round);
  }
  return { ...refined, alpha: dropGhosts(refined.alpha) };
}

function firstRound(matte: Plane, photo: Picture): RefinedMatte {
  const alpha = enlarge(matte, photo);
  const expected = alpha.data.map((value) => smoothstep(DOUBT.from, DOUBT.to, value));
  const reach = Math.ceil((2 * photo.width) / matte.width);
  return refineOnce(alpha, photo, { reach, trust: 0.2, expected, steps: 80 });
}

/** Both of one size. */
function refineOnce(rough: Plane, photo: Picture, round: Round): RefinedMatte {
  const isUnknown = undecidedBand(rough, round.reach);
  const data = rough.data.map((value, i) => (isUnknown[i] === 1 ? value : Math.round(value)));
  const matrix = new BandLaplacian(photo, data, isUnknown);
  const values = Float32Array.from(matrix.pixels, (pixel) => data[pixel]!);
  const guess = guessByColour(photo, data, isUnknown, matrix.pixels);
  for (let i = 0; i < values.length; i++) {
    const expected = round.expected[matrix.pixels[i]!]!;
    const sureness = round.trust * (0.1 + Math.abs(2 * expected - 1));
    const likeness = TRUST_IN_COLOUR * guess.trust[i]!;
    matrix.diagonal[i]! += sureness + likeness;
    matrix.pull[i]! += sureness * expected + likeness * guess.alpha[i]!;
  }
  solve(matrix, matrix.pull, values, { steps: round.steps, tolerance: 1e-3 });
  for (let i = 0; i < values.length; i++) data[matrix.pixels[i]!] = Math.min(1, Math.max(0, values[i]!));
  return { photo, alpha: { ...rough, data }, isUnknown };
}

/** The working size, and before it every half of the one after. */
function sizesFor(photo: Size): [Size, ...Size[]] {
  const working = fitWithin(photo, WORKING_SIDE);
  const sizes: [Size, ...Size[]] = [working];
  for (let side = Math.max(working.width, working.height) / 2; side >= COARSEST_SIDE; side /= 2) {
    sizes.unshift(fitWithin(photo, side));
  }
  return sizes;
}
