import type { Direction, Route } from '#lib/pipelines/params/camera';
import { AT_PHOTO, type Pose } from './pose.ts';

/** How far the camera goes at an amount of 1, in distances of the nearest thing. */
const PUSH = 0.36;
const TRUCK = 0.11;
const TURN = 0.035;
const ORBIT = 0.13;
const RISE = 0.03;
const VERTIGO = 0.5;

/** Where a move is. */
export interface Moment {
  /** How much of the way is done, 0..1, eased; in a loop it goes there and back. */
  way: number;
  /** How much of a round is done, 0..1, eased; only a loop goes all the way round. */
  round: number;
  amount: number;
  /** Disparity of what the picture is about. */
  focus: number;
  direction: Direction;
}

/** A pose on the way of a move, and how far it is from the photo's: 0 there, and at least in proportion to it. */
export interface Step {
  pose: Pose;
  distance: number;
}

type Way = (moment: Moment) => Step;

const TOWARDS: Readonly<Record<Direction, readonly [number, number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

const pushIn: Way = ({ way, amount }) => ({
  pose: { ...AT_PHOTO, z: PUSH * amount * way },
  distance: way,
});

/** Starts close and ends at the photo: from there it could only go on beyond the picture's edges. */
const pullOut: Way = (moment) => pushIn({ ...moment, way: 1 - moment.way });

/** Goes aside, and turns a little the same way. */
const pan: Way = ({ way, amount, direction }) => {
  const [right, down] = TOWARDS[direction];
  const [truck, turn] = [TRUCK * amount * way, TURN * amount * way];
  return {
    pose: { ...AT_PHOTO, x: truck * right, y: truck * down, shiftX: turn * right, shiftY: turn * down },
    distance: way,
  };
};

/** Goes round what the picture is about, which stays where it is; a loop goes on over the top and back. */
const orbit: Way = ({ round, amount, focus, direction }) => {
  const [right, down] = TOWARDS[direction];
  const angle = 2 * Math.PI * round;
  const [swing, rise] = [ORBIT * amount * Math.sin(angle), -RISE * amount * (1 - Math.cos(angle))];
  const [x, y] = [swing * right + rise * Math.abs(down), swing * down + rise * Math.abs(right)];
  return {
    pose: { ...AT_PHOTO, x, y, shiftX: -focus * x, shiftY: -focus * y },
    distance: Math.sin(angle / 2),
  };
};

/** Draws back while the lens narrows: what the picture is about keeps its size, and what is behind it looms. */
const dollyZoom: Way = ({ way, amount, focus }) => {
  const z = -VERTIGO * amount * way;
  return { pose: { ...AT_PHOTO, z, zoom: 1 - focus * z }, distance: way };
};

/** What every move does; the hand's shake, which can go with any, is in shake.ts. */
export const WAYS: Readonly<Record<Route, Way>> = {
  'push-in': pushIn,
  'pull-out': pullOut,
  pan,
  orbit,
  'dolly-zoom': dollyZoom,
};
