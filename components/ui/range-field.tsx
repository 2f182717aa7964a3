'use client';

import { useState } from 'react';
import { Field, descriptionOf } from './field.tsx';

/** A number with bounds: a slider to feel it, a box to say it. The box is what the form sends. */
export function RangeField({
  name,
  label,
  hint,
  error,
  min,
  max,
  step,
  defaultValue,
}: {
  name: string;
  label: string;
  hint?: string;
  error?: string;
  min: number;
  max: number;
  step: number;
  defaultValue: number;
}) {
  const [value, setValue] = useState(String(defaultValue));
  const position = Math.min(max, Math.max(min, Number(value) || min));
  const filled = ((position - min) / (max - min)) * 100;
  return (
    <Field id={name} label={label} hint={hint} error={error}>
      <div className="flex items-center gap-4">
        <input
          type="range"
          aria-label={`${label}, slider`}
          {...{ min, max, step }}
          value={position}
          onChange={(event) => setValue(event.target.value)}
          className="slider min-w-0 flex-1"
          style={{ '--filled': `${filled}%` } as React.CSSProperties}
        />
        <input
          id={name}
          name={name}
          type="number"
          inputMode={Number.isInteger(step) ? 'numeric' : 'decimal'}
          {...{ min, max, step }}
          required
          value={value}
          onChange={(event) => setValue(event.target.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={descriptionOf(name, { hint, error })}
          className="min-h-10 w-18 rounded-control bg-raised px-2 text-center font-mono text-base ring-1 ring-line-strong/70 ring-inset aria-invalid:ring-2 aria-invalid:ring-danger sm:text-body"
        />
      </div>
    </Field>
  );
}
