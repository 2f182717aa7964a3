import type { SessionCache } from '#worker/engines/onnx/sessions';
import { normalise } from '#worker/pipelines/raster/levels';
import { enlarge } from '#worker/pipelines/raster/resample';
import { fitWithin, type Plane } from '#worker/pipelines/raster/size';
import { type Photo, shrinkPhoto } from '../photo.ts';
import { mirroredPasses } from './network.ts';
import { snapToEdges, steepen, toFullSize } from './refine.ts';
import { joinLayout } from './scene.ts';
import { findSky, hasSky, pushSkyBack } from './sky.ts';
import { hasSubject, raiseSubject, readMatte } from './subject.ts';

/** Long side at which depth is joined and snapped to edges; the rest of the way it is upsampled by the photo. */
const WORKING_SIDE = 1024;
/** Long side at which the sky is looked for. */
const SKY_SIDE = 320;
/** Networks that tell far from near well by themselves: they need no layout, and know a subject's own shape. */
const STRONG = new Set(['tcmonodepth-small']);
const RELIEF = { weak: 0.12, strong: 0.5 };

interface EstimateOptions {
  sessions: SessionCache;
  depthModel: string;
  matteModel: string;
  /** Called between the steps that take long; may throw to stop. */
  onStep(step: number, steps: number): void;
}

/** Nearness of every pixel of the photo, 0 (farthest) to 1 (nearest), by the networks named. */
export async function estimateNearness(photo: Photo, options: EstimateOptions): Promise<Plane> {
  const { sessions, depthModel, matteModel, onStep } = options;
  const small = await shrinkPhoto(photo, fitWithin(photo, WORKING_SIDE));
  const network = await mirroredPasses(await sessions.open(depthModel), depthModel, small);
  onStep(1, 5);
  const matte = await readMatte(await sessions.open(matteModel), small);
  onStep(2, 5);
  const strength = STRONG.has(depthModel) ? 'strong' : 'weak';
  const scene = await sceneOf(network, small, strength);
  const joined = hasSubject(matte) ? raiseSubject(scene, enlarge(matte, small), RELIEF[strength]) : scene;
  onStep(3, 5);
  const snapped = steepen(snapToEdges(joined, small));
  onStep(4, 5);
  const full = toFullSize(snapped, small, photo);
  return { ...full, data: normalise(full.data, 0.002) };
}

/** Nearness 0..1 at the working size, without subjects: the network's, helped by what the picture's layout says. */
async function sceneOf(network: Plane, small: Photo, strength: 'weak' | 'strong'): Promise<Plane> {
  const nearness = enlarge(network, small);
  const sky = findSky(await shrinkPhoto(small, fitWithin(small, SKY_SIDE)));
  const scene =
    strength === 'strong'
      ? { ...nearness, data: normalise(nearness.data, 0.005) }
      : joinLayout(nearness, hasSky(sky) ? 'outdoors' : 'indoors');
  return pushSkyBack(scene, enlarge(sky, small));
}
