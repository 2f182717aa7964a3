'use client';

import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { type ParallaxSettings, StackMotion } from './stack-motion.ts';

/** Moves the sheets of `stack`. `look` and `nudge` say where to look from, -1 to 1 to either side. */
export function useParallax(stack: RefObject<HTMLElement | null>, settings: ParallaxSettings) {
  const motion = useRef<StackMotion>(undefined);

  useEffect(() => {
    motion.current = new StackMotion(stack.current!);
    return motion.current.whileSeen();
  }, [stack]);

  useEffect(() => motion.current!.set(settings), [settings]);

  const look = useCallback((x: number, y: number) => motion.current?.look(x, y), []);
  const nudge = useCallback((dx: number, dy: number) => motion.current?.nudge(dx, dy), []);
  return { look, nudge };
}
