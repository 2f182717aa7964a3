'use client';

import { type RefObject, useMemo, useRef, useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import { PegBar } from '../ui/peg-bar.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { TiltButton } from './tilt-button.tsx';
import { TravelSlider } from './travel-slider.tsx';
import { useParallax } from './use-parallax.ts';
import { ViewerFrame } from './viewer-frame.tsx';

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

interface LayerViewerProps {
  /** Far to near. */
  layers: readonly ViewedLayer[];
  aspectRatio: number;
}

/** The layers on their sheets of glass, shifting against each other as one looks from side to side. */
export function LayerViewer({ layers, aspectRatio }: LayerViewerProps) {
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
      <ViewerFrame look={look} nudge={nudge}>
        <SheetStack ref={stack} layers={layers} aspectRatio={aspectRatio} apart={mode === 'apart'} />
      </ViewerFrame>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-1">
        <Segmented label="How to look" options={MODES} value={mode} onChange={setMode} />
        <TiltButton look={look} />
        <p aria-hidden="true" className="text-small text-faint">
          <span className="max-sm:hidden pointer-coarse:hidden">
            Move the pointer over it, or use the arrow keys
          </span>
          <span className="hidden max-sm:inline pointer-coarse:inline">Drag sideways</span>
        </p>
        <TravelSlider travel={travel} onChange={setTravel} hidden={mode === 'apart'} />
      </div>
    </section>
  );
}

interface SheetStackProps extends LayerViewerProps {
  ref: RefObject<HTMLDivElement | null>;
  apart: boolean;
}

/** The pictures one upon the other; standing apart, each shows the glass it is on. */
function SheetStack({ ref, layers, aspectRatio, apart }: SheetStackProps) {
  return (
    <div
      ref={ref}
      className="relative mx-auto transform-3d"
      style={{ aspectRatio, maxWidth: `calc(62vh * ${aspectRatio})` }}
    >
      {layers.map(({ url, title }) => (
        <img
          key={url}
          src={url}
          alt={title}
          draggable={false}
          className={classNames(
            'absolute inset-0 size-full select-none will-change-transform',
            apart && 'bg-accent/4 outline-1 outline-accent/50',
          )}
        />
      ))}
    </div>
  );
}
