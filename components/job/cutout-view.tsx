'use client';

import { useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import { PegBar } from '../ui/peg-bar.tsx';
import { Segmented } from '../ui/segmented.tsx';

interface CutoutViewProps {
  /** Addresses of pictures of one size. */
  cutout: string;
  mask: string;
  original: string | null;
  aspectRatio: number;
}

type Shown = 'cutout' | 'mask' | 'original';

/** A subject off its background, over the pattern that means transparent; its mask and the photo in the same place. */
export function CutoutView({ cutout, mask, original, aspectRatio }: CutoutViewProps) {
  const [shown, show] = useState<Shown>('cutout');
  const pictures = [
    { value: 'cutout', label: 'Cutout', src: cutout },
    { value: 'mask', label: 'Mask', src: mask },
    ...(original ? [{ value: 'original', label: 'Original', src: original } as const] : []),
  ] as const;
  return (
    <section aria-label="Cutout" className="sheet grid gap-3 p-3 pt-4 sm:p-5 sm:pt-4">
      <PegBar className="mx-auto h-2 text-line-strong/50" />
      <div className="overflow-hidden rounded-control bg-well">
        <div
          className="checkerboard relative mx-auto"
          style={{ aspectRatio, maxWidth: `calc(66vh * ${aspectRatio})` }}
        >
          {pictures.map(({ value, label, src }) => (
            <img
              key={value}
              src={src}
              alt={label}
              hidden={value !== shown}
              className={classNames('absolute inset-0 size-full', value !== shown && 'hidden')}
            />
          ))}
        </div>
      </div>
      <div className="px-1">
        <Segmented label="What to show" options={pictures} value={shown} onChange={show} />
      </div>
    </section>
  );
}
