import type { SessionCache } from '#worker/engines/onnx/sessions';
import { normalise } from '#worker/pipelines/raster/levels';
import { enlarge } from '#worker/pipelines/raster/resample';
import { fitWithin, type Picture, type Plane } from '#worker/pipelines/raster/size';
import { hasSubject, readMatte } from '../matte/matte.ts';
import { matteNetwork } from '../matte/network.ts';
import { shrinkPhoto } from '../photo.ts';
import { depthNetwork, mirroredPasses } from './network.ts';
import { snapToEdges, steepen, toFullSize } from './refine.ts';
import { joinLayout } from './scene.ts';
import { findSky, hasSky, pushSkyBack } from './sky.ts';
import { raiseSubject } from './subject.ts';

/** Long side at which depth is joined and snapped to edges; the rest of the way it is upsampled by the photo. */
const WORKING_SIDE = 1024;
/** Long side at which the sky is looked for. */
const SKY_SIDE = 320;

interface EstimateOptions {
  sessions: SessionCache;
  depthModel: string;
  matteModel: string;
  /** Called between the steps that take long; may throw to stop. */
  onStep(step: number, steps: number): void;
}

/** Nearness of every pixel of the photo, 0 (farthest) to 1 (nearest), by the networks named. */
export async function estimateNearness(photo: Picture, options: EstimateOptions): Promise<Plane> {
  const { sessions, depthModel, matteModel, onStep } = options;
  const small = await shrinkPhoto(photo, fitWithin(photo, WORKING_SIDE));
  const network = depthNetwork(depthModel);
  const seen = enlarge(await mirroredPasses(await sessions.open(depthModel), network, small), small);
  onStep(1, 5);
  const matte = await readMatte(await sessions.open(matteModel), matteNetwork(matteModel), small);
  onStep(2, 5);
  const scene = await sceneOf(seen, small, network.needsLayout);
  const joined = hasSubject(matte) ? raiseSubject(scene, enlarge(matte, small), network.relief) : scene;
  onStep(3, 5);
  const snapped = steepen(snapToEdges(joined, small));
  onStep(4, 5);
  const full = toFullSize(snapped, small, photo);
  return { ...full, data: normalise(full.data, 0.002) };
}

/** Nearness 0..1 without subjects: what the network saw, helped by what the picture's layout says. One size. */
async function sceneOf(seen: Plane, small: Picture, needsLayout: boolean): Promise<Plane> {
  const sky = findSky(await shrinkPhoto(small, fitWithin(small, SKY_SIDE)));
  const scene = needsLayout
    ? joinLayout(seen, hasSky(sky) ? 'outdoors' : 'indoors')
    : { ...seen, data: normalise(seen.data, 0.005) };
  return pushSkyBack(scene, enlarge(sky, small));
}
