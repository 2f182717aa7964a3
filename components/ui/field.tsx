import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

export const INPUT_SHAPE =
  'min-h-11 w-full rounded-control bg-raised px-3 text-base text-ink ring-1 ring-line-strong/70 ring-inset ' +
  'placeholder:text-faint hover:ring-line-strong aria-invalid:ring-2 aria-invalid:ring-danger sm:text-body';

/** The id that ties a control to its error or else its hint, for `aria-describedby`. */
export function descriptionOf(id: string, { hint, error }: { hint?: string; error?: string }) {
  if (error) return `${id}-error`;
  return hint ? `${id}-hint` : undefined;
}

/** Below a control: what is wrong with it, or else what to know about it. */
export function FieldNotes({ id, hint, error }: { id: string; hint?: string; error?: string }) {
  if (error) {
    return (
      <p id={`${id}-error`} role="alert" className="text-small text-danger">
        {error}
      </p>
    );
  }
  if (!hint) return null;
  return (
    <p id={`${id}-hint`} className="text-small text-faint">
      {hint}
    </p>
  );
}

/** A label, its control, and below them what to know and what is wrong. */
export function Field({
  id,
  label,
  aside,
  hint,
  error,
  wide = false,
  children,
}: {
  id: string;
  label: string;
  aside?: ReactNode;
  hint?: string;
  error?: string;
  /** Whether it takes a whole row of a form that has several columns. */
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={classNames('grid gap-1.5', wide && 'col-span-full')}>
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={id} className="text-small font-medium">
          {label}
        </label>
        {aside}
      </div>
      {children}
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  );
}

interface TextProps {
  name: string;
  label: string;
  hint?: string;
  error?: string;
}

export function TextField({
  label,
  hint,
  error,
  className,
  ...props
}: Omit<ComponentProps<'input'>, 'id' | 'name'> & TextProps) {
  const id = props.name;
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <input
        {...props}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={descriptionOf(id, { hint, error })}
        className={classNames(INPUT_SHAPE, className)}
      />
    </Field>
  );
}

/** For text of several lines; it grows with what is written. */
export function TextArea({
  label,
  hint,
  error,
  className,
  ...props
}: Omit<ComponentProps<'textarea'>, 'id' | 'name'> & TextProps) {
  const id = props.name;
  return (
    <Field id={id} label={label} hint={hint} error={error} wide>
      <textarea
        rows={3}
        {...props}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={descriptionOf(id, { hint, error })}
        className={classNames(INPUT_SHAPE, 'field-sizing-content max-h-64 min-h-22 py-2', className)}
      />
    </Field>
  );
}
