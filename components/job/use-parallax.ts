'use client';

import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { approach, clampToView, isSettled, sheetTransform, stackTransform, type View } from './parallax.ts';

const FOLLOW_SHARE = 0.11;
const DRIFT_MS = 7000;
const CLIPPED_BELOW = 0.01;

interface ParallaxSettings {
  /** Depth of each sheet, 0 far to 1 near, in the order of the stack's children. */
  depths: readonly number[];
  /** Percent of the picture between far and near. */
  travel: number;
  apart: boolean;
}

/**
 * Moves the children of `stack` as the view goes from where it is to where it was told to look, one animation frame
 * after another, and rests once it is there. Until somebody takes hold of it, it drifts.
 */
export function useParallax(stack: RefObject<HTMLElement | null>, settings: ParallaxSettings) {
  const now = useRef<View>({ x: 0, y: 0, apart: 0 });
  const goal = useRef<View>({ x: 0, y: 0, apart: 0 });
  const held = useRef(false);
  const frame = useRef(0);
  const current = useRef(settings);

  const animate = useCallback(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const step = (time: number) => {
      const drifting = !held.current && !still;
      if (drifting) Object.assign(goal.current, driftAt(time));
      now.current = approach(now.current, goal.current, still ? 1 : FOLLOW_SHARE);
      const settled = isSettled(now.current, goal.current);
      if (settled) now.current = { ...goal.current };
      if (stack.current) draw(stack.current, now.current, current.current);
      frame.current = settled && !drifting ? 0 : requestAnimationFrame(step);
    };
    if (frame.current === 0) frame.current = requestAnimationFrame(step);
  }, [stack]);

  useEffect(() => {
    current.current = settings;
    goal.current.apart = settings.apart ? 1 : 0;
    animate();
  }, [animate, settings]);

  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    },
    [],
  );

  /** Look from here, -1 to 1 to either side. */
  const look = useCallback(
    (x: number, y: number) => {
      held.current = true;
      goal.current = { ...goal.current, x: clampToView(x), y: clampToView(y) };
      animate();
    },
    [animate],
  );
  const nudge = useCallback(
    (dx: number, dy: number) => look(goal.current.x + dx, goal.current.y + dy),
    [look],
  );
  return { look, nudge };
}

function driftAt(time: number): { x: number; y: number } {
  const angle = (time / DRIFT_MS) * 2 * Math.PI;
  return { x: Math.sin(angle) * 0.6, y: Math.cos(angle * 0.7) * 0.25 };
}

function draw(stack: HTMLElement, view: View, { depths, travel }: ParallaxSettings) {
  const side = Math.max(stack.clientWidth, stack.clientHeight);
  stack.style.transform = stackTransform(view);
  // Clipping flattens the stack, so it is only done while the sheets lie on one another.
  stack.style.clipPath = view.apart < CLIPPED_BELOW ? 'inset(0)' : 'none';
  depths.forEach((depth, index) => {
    const sheet = stack.children[index];
    if (sheet instanceof HTMLElement) sheet.style.transform = sheetTransform(depth, view, travel, side);
  });
}
