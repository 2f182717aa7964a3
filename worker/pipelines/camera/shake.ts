import { smoothstep } from '#worker/pipelines/raster/levels';
import { AT_PHOTO, type Pose } from './pose.ts';
import { randomAt } from './random.ts';

/** What a hand does: slow sway and a little tremble, in turns a second and their shares. */
const OCTAVES = [
  { frequency: 0.5, share: 1 },
  { frequency: 1.3, share: 0.35 },
] as const;
/** The most that a hand moves (in distances of the nearest thing) and tilts (in focal lengths) at an amount of 1. */
const SWAY = 0.035;
const DEPTH_SWAY = 0.02;
const TILT = 0.02;
/** Seconds in which it sets in, and comes to rest again before a loop begins anew. */
const ONSET = 0.8;

interface ShakeOptions {
  seed: number;
  /** Seconds. */
  duration: number;
  /** Whether it has to be at rest at the end as it is at the start. */
  loop: boolean;
}

/** How far the shake has set in, 0..1, at a time in seconds: 0 at the start, so that a video begins with the photo. */
export function shakeOnset(time: number, { duration, loop }: Omit<ShakeOptions, 'seed'>): number {
  const onset = Math.min(ONSET, duration / 3);
  const rest = loop ? smoothstep(0, onset, duration - time) : 1;
  return smoothstep(0, onset, time) * rest;
}

/** How a hand that holds the camera moves it, at an amount of 1. The same seed moves it the same way. */
export function shakeAt(time: number, options: ShakeOptions): Pose {
  const onset = shakeOnset(time, options);
  const wander = (stream: number) => onset * noiseAt(time, options.seed, stream);
  return {
    ...AT_PHOTO,
    x: SWAY * wander(0),
    y: SWAY * wander(1),
    z: DEPTH_SWAY * wander(2),
    shiftX: TILT * wander(3),
    shiftY: TILT * wander(4),
  };
}

/** Smooth noise of no frequency much above those of OCTAVES, about -1..1. */
function noiseAt(time: number, seed: number, stream: number): number {
  const parts = OCTAVES.map(
    ({ frequency, share }, octave) =>
      share * gradientNoise(time * frequency, seed, stream * OCTAVES.length + octave),
  );
  return parts.reduce((sum, part) => sum + part, 0);
}

/** Perlin's gradient noise in one dimension (“Improving noise”, 2002), scaled to about -1..1; 0 at whole numbers. */
function gradientNoise(at: number, seed: number, stream: number): number {
  const knot = Math.floor(at);
  const part = at - knot;
  const fade = part ** 3 * (part * (part * 6 - 15) + 10);
  const before = randomAt(seed, stream, knot) * part;
  const after = randomAt(seed, stream, knot + 1) * (part - 1);
  return 2 * (before + fade * (after - before));
}
