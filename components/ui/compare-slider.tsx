'use client';

import { type CSSProperties, useState } from 'react';

export interface ComparedPicture {
  src: string;
  label: string;
}

/**
 * Two pictures of one size, one uncovering the other. The handle is a native slider laid over them, so the pointer,
 * the arrow keys and a screen reader all work as with any slider.
 */
export function CompareSlider({
  before,
  after,
  aspectRatio,
}: {
  before: ComparedPicture;
  after: ComparedPicture;
  aspectRatio: number;
}) {
  const [percent, setPercent] = useState(50);
  const maxWidth = `calc(75vh * ${aspectRatio})`;
  const style = { aspectRatio, maxWidth, '--seam': `${percent}%` } as CSSProperties;
  return (
    <div className="relative mx-auto w-full overflow-hidden rounded-control bg-well" style={style}>
      <img src={before.src} alt={before.label} className="absolute inset-0 size-full object-contain" />
      <img
        src={after.src}
        alt={after.label}
        className="absolute inset-0 size-full object-contain [clip-path:inset(0_0_0_var(--seam))]"
      />
      <Tag className="left-3">{before.label}</Tag>
      <Tag className="right-3">{after.label}</Tag>
      <input
        type="range"
        min={0}
        max={100}
        step={0.5}
        value={percent}
        aria-label={`${before.label} on the left, ${after.label} on the right`}
        aria-valuetext={`${Math.round(percent)} percent ${before.label}`}
        onChange={(event) => setPercent(Number(event.target.value))}
        className="peer absolute inset-0 size-full cursor-ew-resize touch-pan-y opacity-0"
      />
      <div className="pointer-events-none absolute inset-y-0 left-(--seam) w-0.5 -translate-x-1/2 bg-white shadow-[0_0_0_1px_#0006] peer-focus-visible:w-1 peer-focus-visible:bg-accent">
        <div className="absolute top-1/2 left-1/2 flex h-11 w-6 -translate-x-1/2 -translate-y-1/2 items-center justify-center gap-1 rounded-full bg-white shadow-[0_0_0_1px_#0006]">
          <span className="h-4 w-px bg-black/55" />
          <span className="h-4 w-px bg-black/55" />
        </div>
      </div>
    </div>
  );
}

function Tag({ className, children }: { className: string; children: string }) {
  return (
    <span
      aria-hidden="true"
      className={`pointer-events-none absolute bottom-3 rounded-sm bg-black/65 px-2 py-0.5 text-small text-white ${className}`}
    >
      {children}
    </span>
  );
}
