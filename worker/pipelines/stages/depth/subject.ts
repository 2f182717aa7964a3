import { connectedComponents } from '#worker/pipelines/raster/components';
import { mean, quantile, smoothstep } from '#worker/pipelines/raster/levels';
import { nearestLabel } from '#worker/pipelines/raster/nearest-label';
import type { Plane } from '#worker/pipelines/raster/size';
import { LEAST_AREA } from '../matte/matte.ts';

/**
 * Nearness in which every subject of the matte stands in front of what surrounds it: each connected one gets the
 * nearness of its foot (what stands on the ground is as far as the ground it stands on), at least that of its own
 * nearest parts, and keeps `relief` (0..1) of its differences in depth. Same size for both planes; nothing changes
 * where the matte is 0.
 */
export function raiseSubject(nearness: Plane, matte: Plane, relief: number): Plane {
  const inside = new Uint8Array(matte.data.length);
  for (let i = 0; i < inside.length; i++) inside[i] = matte.data[i]! > 0.5 ? 1 : 0;
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
  const values = new Float32Array(indices.length);
  for (let i = 0; i < values.length; i++) values[i] = nearness.data[indices[i]!]!;
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
