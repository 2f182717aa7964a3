/**
 * Where the camera of one frame is, and how it looks: it always looks straight ahead, so that a picture is moved and
 * stretched but never turned. Lengths are in distances of the photo's nearest thing.
 */
export interface Pose {
  /** To the right, down and forward from where the photo was taken. */
  x: number;
  y: number;
  z: number;
  /** Focal length, as a multiple of the photo's. */
  zoom: number;
  /** How far the lens is shifted to the right and down, in focal lengths of the photo (as a view camera's). */
  shiftX: number;
  shiftY: number;
}

/** The camera that took the photo. */
export const AT_PHOTO: Readonly<Pose> = { x: 0, y: 0, z: 0, zoom: 1, shiftX: 0, shiftY: 0 };

/** Two movements at once. */
export function joined(a: Pose, b: Pose): Pose {
  return {
    x: a.x + b.x,
    y: a.y + b.y,
    z: a.z + b.z,
    zoom: a.zoom * b.zoom,
    shiftX: a.shiftX + b.shiftX,
    shiftY: a.shiftY + b.shiftY,
  };
}
