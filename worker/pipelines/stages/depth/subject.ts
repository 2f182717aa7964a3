import type { Session } from '#worker/engines/onnx/sessions';
import { IMAGENET, rgbToFloatTensor, runSingle } from '#worker/engines/onnx/tensors';
import { connectedComponents } from '#worker/pipelines/raster/components';
import { mean, quantile, smoothstep } from '#worker/pipelines/raster/levels';
import { nearestLabel } from '#worker/pipelines/raster/nearest-label';
import type { Picture, Plane } from '#worker/pipelines/raster/size';
import { shrinkPhoto } from '../photo.ts';

const SIDE = 320;
/** Share of the picture below which a subject is too small to matter. */
const LEAST_AREA = 0.003;
/** A subject that fills more than this is the picture itself. */
const MOST_AREA = 0.85;
/** Of the pixels that the matte says anything of, the share that it must be sure of. */
const LEAST_CERTAINTY = 0.5;

/** U²-Net (Qin et al., 2020) on the whole photo: how much of each pixel is subject, 0..1, 320x320. */
export async function readMatte(session: Session, photo: Picture): Promise<Plane> {
  const size = { width: SIDE, height: SIDE };
  const { rgb } = await shrinkPhoto(photo, size);
  const brightest = rgb.reduce((most, value) => Math.max(most, value), 1);
  const input = rgbToFloatTensor(rgb, SIDE, SIDE, { scale: 1 / brightest, ...IMAGENET });
  const output = await runSingle(session, input);
  return { ...size, data: (output.data as Float32Array).slice() };
}

/**
 * Whether the matte shows a subject at all: neither next to nothing nor nearly everything, and mostly decided. The
 * network's own scale is kept (no stretching to 0..1), so that a picture without a subject stays without one.
 */
export function hasSubject({ data }: Plane): boolean {
  const share = (level: number) =>
    data.reduce((count, value) => count + (value > level ? 1 : 0), 0) / data.length;
  const sure = share(0.8);
  return sure >= LEAST_AREA && sure <= MOST_AREA && sure >= LEAST_CERTAINTY * share(0.2);
}

/**
 * Nearness in which every subject of the matte stands in front of what surrounds it: each connected one gets the
 * nearness of its foot (what stands on the ground is as far as the ground it stands on), at least that of its own
 * nearest parts, and keeps `relief` (0..1) of its differences in depth. Same size for both planes; nothing changes
 * where the matte is 0.
 */
export function raiseSubject(nearness: Plane, matte: Plane, relief: number): Plane {
  const inside = Uint8Array.from(matte.data, (value) => (value > 0.5 ? 1 : 0));
  const { of, areas, labels } = connectedComponents(inside, nearness);
  const lifts = areas.map((area, component) =>
    labels[component] === 1 && area >= LEAST_AREA * inside.length
      ? liftOf(nearness, indicesOf(of, component, area))
      : undefined,
  );
  // A soft edge lies outside its subject: it is lifted with the one that it is nearest to.
  const nearest = nearestLabel(of, nearness, (component) => lifts[component] !== undefined);
  const data = nearness.data.map((value, i) => {
    const lift = lifts[nearest[i]!];
    const share = lift ? smoothstep(0.1, 0.9, matte.data[i]!) : 0;
    return lift ? value * (1 - share) + share * (lift.level + relief * (value - lift.mean)) : value;
  });
  return { ...nearness, data };
}

interface Lift {
  level: number;
  mean: number;
}

function liftOf(nearness: Plane, indices: Int32Array): Lift {
  const values = Float32Array.from(indices, (index) => nearness.data[index]!);
  const foot = values.subarray(Math.floor(values.length * 0.9));
  return { level: Math.max(mean(foot), quantile(values, 0.9)), mean: mean(values) };
}

/** In reading order, so that the last ones are the lowest. */
function indicesOf(of: Int32Array, component: number, area: number): Int32Array {
  const indices = new Int32Array(area);
  let count = 0;
  for (let i = 0; i < of.length; i++) if (of[i] === component) indices[count++] = i;
  return indices;
}
