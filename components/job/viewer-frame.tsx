'use client';

import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';

const KEY_STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-0.25, 0],
  ArrowRight: [0.25, 0],
  ArrowUp: [0, -0.25],
  ArrowDown: [0, 0.25],
};

interface ViewerFrameProps {
  look: (x: number, y: number) => void;
  nudge: (dx: number, dy: number) => void;
  children: ReactNode;
}

/** Takes the pointer, a dragging finger and the arrow keys, and says where to look from. */
export function ViewerFrame({ look, nudge, children }: ViewerFrameProps) {
  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    look(((event.clientX - left) / width) * 2 - 1, ((event.clientY - top) / height) * 2 - 1);
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = KEY_STEPS[event.key];
    if (!step && event.key !== 'Home') return;
    event.preventDefault();
    if (step) nudge(...step);
    else look(0, 0);
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes its own events
    <div
      role="application"
      aria-label="Layers. Arrow keys look from side to side, Home looks straight on."
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes its own keys
      tabIndex={0}
      onPointerMove={onPointerMove}
      onPointerLeave={() => look(0, 0)}
      onKeyDown={onKeyDown}
      className="relative touch-pan-y overflow-hidden rounded-control bg-well perspective-[1800px]"
    >
      {children}
    </div>
  );
}
