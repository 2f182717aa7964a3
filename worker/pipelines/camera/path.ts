import type { CameraPlan, Direction } from '#lib/pipelines/params/camera';
import { coverZoom, type Edges } from './cover.ts';
import { ease, SOFTNESS, thereAndBack } from './ease.ts';
import { viewOf } from './geometry.ts';
import { type Moment, WAYS, type Step } from './moves.ts';
import { AT_PHOTO, joined, type Pose } from './pose.ts';
import type { Scene } from './scene.ts';
import { shakeAt, shakeOnset } from './shake.ts';

interface Timing {
  frameCount: number;
  fps: number;
}

/** Distances below this are those of the photo itself. */
const AT_REST = 1e-6;
/** Part of a round that an orbit goes where it does not come back. */
const ARC = 0.25;

/**
 * The camera of every frame. The first is at the photo, but for `pull-out`, which ends there. In a loop the last frame
 * is one step before the first, so that the video can be played in a circle.
 *
 * The camera is zoomed closer the further it goes from the photo, by a share of the distance that is just enough to keep
 * the photo's edges out of every frame: so the zoom is as smooth as the move, and nothing beyond the photo is needed.
 */
export function pathOf(plan: CameraPlan, timing: Timing, scene: Scene, edges: Edges): Pose[] {
  const directions: Direction[] = plan.direction ? [plan.direction] : ['right', 'left'];
  const paths = directions.map((direction) => covered(stepsOf(plan, timing, scene, direction), scene, edges));
  return paths.reduce((best, path) => (path.closer < best.closer ? path : best)).poses;
}

function stepsOf(plan: CameraPlan, timing: Timing, { focus }: Scene, direction: Direction): Step[] {
  return Array.from({ length: timing.frameCount }, (_, frame) => {
    const moment = { ...momentOf(plan, timing, frame), amount: plan.amount, focus, direction };
    const steps = [...plan.routes.map((route) => WAYS[route](moment)), shakeOf(plan, timing, frame)];
    return steps.reduce(both);
  });
}

function momentOf(
  { manner, loop }: CameraPlan,
  { frameCount }: Timing,
  frame: number,
): Pick<Moment, 'way' | 'round'> {
  const time = frame / (loop ? frameCount : frameCount - 1);
  const eased = ease(time, SOFTNESS[manner]);
  return loop ? { way: thereAndBack(time), round: eased } : { way: eased, round: ARC * eased };
}

function shakeOf({ shake, seed, loop }: CameraPlan, { frameCount, fps }: Timing, frame: number): Step {
  if (shake === 0) return { pose: AT_PHOTO, distance: 0 };
  const options = { seed, loop, duration: frameCount / fps };
  const { x, y, z, zoom, shiftX, shiftY } = shakeAt(frame / fps, options);
  return {
    pose: { x: shake * x, y: shake * y, z: shake * z, zoom, shiftX: shake * shiftX, shiftY: shake * shiftY },
    distance: shakeOnset(frame / fps, options),
  };
}

function both(a: Step, b: Step): Step {
  return { pose: joined(a.pose, b.pose), distance: 1 - (1 - a.distance) * (1 - b.distance) };
}

function covered(steps: Step[], scene: Scene, edges: Edges): { poses: Pose[]; closer: number } {
  const shares = steps.map(({ pose, distance }) =>
    distance < AT_REST ? 0 : (coverZoom(viewOf(pose, scene), edges, scene) - 1) / distance,
  );
  const closer = Math.max(...shares);
  const poses = steps.map(({ pose, distance }) => ({ ...pose, zoom: pose.zoom * (1 + closer * distance) }));
  return { poses, closer };
}
