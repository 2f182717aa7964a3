import type { CSSProperties } from 'react';
import { classNames } from '../ui/class-names.ts';

const RANGE = { min: 1, max: 14, step: 0.5 };

/** How far the layers shift, in percent of the picture between the farthest and the nearest. */
export function TravelSlider({
  travel,
  onChange,
  hidden,
}: {
  travel: number;
  onChange: (travel: number) => void;
  hidden: boolean;
}) {
  const filled = ((travel - RANGE.min) / (RANGE.max - RANGE.min)) * 100;
  return (
    <label
      className={classNames(
        'flex min-w-48 items-center gap-3 text-small text-soft max-sm:w-full',
        hidden && 'invisible max-sm:hidden',
      )}
    >
      Travel
      <input
        type="range"
        {...RANGE}
        value={travel}
        onChange={(event) => onChange(Number(event.target.value))}
        className="slider min-w-0 flex-1"
        style={{ '--filled': `${filled}%` } as CSSProperties}
      />
    </label>
  );
}
