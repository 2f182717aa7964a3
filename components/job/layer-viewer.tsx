'use client';

import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import { PegBar } from '../ui/peg-bar.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { TiltButton } from './tilt-button.tsx';
import { useParallax } from './use-parallax.ts';

export interface ViewedLayer {
  url: string;
  title: string;
  /** 0 far to 1 near. */
  depth: number;
}

const MODES = [
  { value: 'through', label: 'Look through' },
  { value: 'apart', label: 'Stand apart' },
] as const;
type Mode = (typeof MODES)[number]['value'];

const KEY_STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-0.25, 0],
  ArrowRight: [0.25, 0],
  ArrowUp: [0, -0.25],
  ArrowDown: [0, 0.25],
};

/** The layers on their sheets of glass, shifting against each other as one looks from side to side. */
export function LayerViewer({
  layers,
  aspectRatio,
}: {
  layers: readonly ViewedLayer[];
  aspectRatio: number;
}) {
  const [mode, setMode] = useState<Mode>('through');
  const [travel, setTravel] = useState(6);
  const stack = useRef<HTMLDivElement>(null);
  const settings = useMemo(
    () => ({ depths: layers.map(({ depth }) => depth), travel, apart: mode === 'apart' }),
    [layers, travel, mode],
  );
  const { look, nudge } = useParallax(stack, settings);

  return (
    <section aria-label="Layer viewer" className="sheet grid gap-3 p-3 pt-4 sm:p-5 sm:pt-4">
      <PegBar className="mx-auto h-2 text-line-strong/50" />
      <ViewerFrame aspectRatio={aspectRatio} apart={mode === 'apart'} look={look} nudge={nudge}>
        <div ref={stack} className="absolute inset-0 transform-3d">
          {layers.map(({ url, title }) => (
            <img
              key={url}
              src={url}
              alt={title}
              draggable={false}
              className={classNames(
                'absolute inset-0 size-full select-none will-change-transform',
                mode === 'apart' && 'bg-accent/4 outline-1 outline-accent/50',
              )}
            />
          ))}
        </div>
      </ViewerFrame>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-1">
        <Segmented label="How to look" options={MODES} value={mode} onChange={setMode} />
        <TiltButton look={look} />
        <label
          className={classNames(
            'flex min-w-48 items-center gap-3 text-small text-soft max-sm:w-full',
            mode === 'apart' && 'invisible max-sm:hidden',
          )}
        >
          Travel
          <input
            type="range"
            min={1}
            max={14}
            step={0.5}
            value={travel}
            onChange={(event) => setTravel(Number(event.target.value))}
            className="slider min-w-0 flex-1"
            style={{ '--filled': `${((travel - 1) / 13) * 100}%` } as React.CSSProperties}
          />
        </label>
      </div>
    </section>
  );
}

interface ViewerFrameProps {
  aspectRatio: number;
  apart: boolean;
  look: (x: number, y: number) => void;
  nudge: (dx: number, dy: number) => void;
  children: React.ReactNode;
}

/** Takes the pointer, a dragging finger and the arrow keys, and says where to look from. */
function ViewerFrame({ aspectRatio, apart, look, nudge, children }: ViewerFrameProps) {
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
      className={classNames(
        'relative mx-auto w-full touch-pan-y overflow-hidden rounded-control perspective-[1800px]',
        apart ? 'bg-well' : 'bg-black',
      )}
      style={{ aspectRatio, maxWidth: `calc(62vh * ${aspectRatio})` }}
    >
      {children}
      <p
        aria-hidden="true"
        className="pointer-events-none absolute right-3 bottom-3 rounded-sm bg-black/60 px-2 py-0.5 text-small text-white"
      >
        <span className="pointer-coarse:hidden">Move the pointer, or use the arrow keys</span>
        <span className="hidden pointer-coarse:inline">Drag sideways</span>
      </p>
    </div>
  );
}
