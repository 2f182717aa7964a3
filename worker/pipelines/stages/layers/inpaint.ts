import type { Session } from '#worker/engines/onnx/sessions';
import { byteTensorToRgb, planeToByteTensor, rgbToByteTensor } from '#worker/engines/onnx/tensors';
import { diffuseColours } from '#worker/pipelines/raster/diffuse';
import { distanceTo, UNITS_PER_PIXEL } from '#worker/pipelines/raster/distance';
import type { Picture, Size } from '#worker/pipelines/raster/size';

const KEEP = 255;
const FILL = 0;
/**
 * How far into a hole pixels are invented, as a share of the long side: further where more of the picture is known
 * (tuned by eye: with little to go by, the network fills the deep with things that were never there).
 */
const RIM = { atNothingKnown: 0.06, atAllKnown: 0.36 };
/** The depth of holes is measured at this fraction of the size. */
const COARSENESS = 4;

/**
 * Fill the pixels where `isHole(index)` from those around. The rim, which is all that a moved layer uncovers, is
 * invented by the network. Deep inside a large hole it would invent whole objects that were never there, so the core
 * gets smooth colours first, and the network joins the two. Returns the whole picture.
 */
export async function inpaint(
  session: Session,
  photo: Picture,
  isHole: (index: number) => boolean,
): Promise<Picture> {
  const { width, height } = photo;
  const isCore = coreOf(photo, isHole);
  const prefilled = { width, height, rgb: diffuseColours(photo, (i) => !isHole(i)) };
  const mask = new Uint8Array(width * height);
  for (let i = 0; i < mask.length; i++) mask[i] = !isHole(i) || isCore(i) ? KEEP : FILL;
  return runNetwork(session, prefilled, mask);
}

/** What lies deeper in the holes than RIM. Measured on a coarse grid, which is exact enough. */
function coreOf({ width, height }: Size, isHole: (index: number) => boolean): (index: number) => boolean {
  const coarse = { width: Math.ceil(width / COARSENESS), height: Math.ceil(height / COARSENESS) };
  const isCoarseHole = (i: number) =>
    isHole((Math.floor(i / coarse.width) * width + (i % coarse.width)) * COARSENESS);
  const depth = distanceTo((i) => !isCoarseHole(i), coarse);
  const known = depth.reduce((count, units) => count + (units === 0 ? 1 : 0), 0) / depth.length;
  const share = RIM.atNothingKnown + known * (RIM.atAllKnown - RIM.atNothingKnown);
  const rim = share * Math.max(coarse.width, coarse.height) * UNITS_PER_PIXEL;
  return (i) => {
    const x = Math.floor((i % width) / COARSENESS);
    const y = Math.floor(i / width / COARSENESS);
    return depth[y * coarse.width + x]! > Math.min(254, rim);
  };
}

/** MI-GAN (Sargsyan et al., 2023), exported as one graph with its own cropping and blending. */
async function runNetwork(session: Session, photo: Picture, mask: Uint8Array): Promise<Picture> {
  const { width, height, rgb } = photo;
  const results = await session.run({
    image: rgbToByteTensor(rgb, width, height),
    mask: planeToByteTensor(mask, width, height),
  });
  return { width, height, rgb: byteTensorToRgb(results['result']!) };
}
