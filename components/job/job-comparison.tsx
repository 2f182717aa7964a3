'use client';

import { useState } from 'react';
import { CompareSlider, type ComparedPicture } from '../ui/compare-slider.tsx';
import { Segmented } from '../ui/segmented.tsx';

/** The original against what was made of it. */
export function JobComparison({
  original,
  results,
  aspectRatio,
}: {
  original: string;
  results: readonly ComparedPicture[];
  aspectRatio: number;
}) {
  const [chosen, choose] = useState(results[0]!.label);
  const after = results.find(({ label }) => label === chosen) ?? results[0]!;
  return (
    <section aria-labelledby="compare-heading" className="grid content-start gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="compare-heading" className="text-head font-semibold">
          Original against{results.length === 1 && ` ${after.label.toLowerCase()}`}
        </h2>
        {results.length > 1 && (
          <Segmented
            label="Compare with"
            options={results.map(({ label }) => ({ value: label, label }))}
            value={chosen}
            onChange={choose}
          />
        )}
      </div>
      <CompareSlider before={{ src: original, label: 'Original' }} after={after} aspectRatio={aspectRatio} />
    </section>
  );
}
