import type { Size } from '#worker/pipelines/raster/size';
import type { Pose } from './pose.ts';

/** Disparity (inverse distance) of the farthest point; that of the nearest is 1. */
export const FARTHEST = 0.15;

/** Disparity of a nearness 0..1, which depth networks give on an unknown scale: what is far stays at a distance. */
export function disparityOf(nearness: number): number {
  return FARTHEST + (1 - FARTHEST) * nearness;
}

/** Focal length in pixels that a photo is taken to have: 53 degrees along its long side, as a 35 mm lens sees. */
export function focalLength({ width, height }: Size): number {
  return Math.max(width, height);
}

/**
 * How one camera sees the photo, in pixels from the middle of the picture: a place `a` of the frame shows the photo's
 * place `u = a * scale + offset - d * (a * scale + offset) * forward + d * aside`, where d is the disparity at u.
 * (A point at distance 1/d, seen at u, lies at u/d, 1/d; from the camera at t it is seen at (u - d tx) / (1 - d tz).)
 */
export interface View {
  /** Of the frame's pixels, against the photo's. */
  scale: number;
  offsetX: number;
  offsetY: number;
  /** How much the picture grows with disparity. */
  forward: number;
  /** Pixels that it moves by with disparity. */
  asideX: number;
  asideY: number;
}

/** The view of a pose, in the pixels of a photo of this size. */
export function viewOf(pose: Pose, size: Size): View {
  const focal = focalLength(size);
  return {
    scale: 1 / pose.zoom,
    offsetX: pose.shiftX * focal,
    offsetY: pose.shiftY * focal,
    forward: pose.z,
    asideX: pose.x * focal,
    asideY: pose.y * focal,
  };
}
