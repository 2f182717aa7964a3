'use client';

import type { ReactNode } from 'react';
import { descriptionOf, FieldNotes } from '../ui/field.tsx';
import { labelOf, type ParamSchema } from './param-schema.ts';
import { Well } from './well.tsx';

interface WordsDeskProps {
  name: string;
  schema: ParamSchema;
  value: string;
  error: string | undefined;
  /** Photos that lie on the desk all the same. */
  photos: number;
  onWrite: (value: string) => void;
  /** What can be done with the words. */
  children?: ReactNode;
}

/** Where the words are written that a job is about which takes no picture: in the photo's place, and as large. */
export function WordsDesk({ name, schema, value, error, photos, onWrite, children }: WordsDeskProps) {
  const notes = { hint: schema.description, error };
  const [example] = schema.examples ?? [];
  return (
    <Well className="min-h-88 focus-within:outline-2 focus-within:-outline-offset-4 focus-within:outline-accent lg:min-h-[min(56vh,34rem)]">
      <div className="grid grid-rows-[auto_minmax(0,1fr)_auto] gap-3 p-5 sm:p-8">
        <label htmlFor={name} className="text-small font-medium">
          {labelOf(name, schema)}
        </label>
        <textarea
          id={name}
          name={name}
          required
          minLength={schema.minLength}
          maxLength={schema.maxLength}
          value={value}
          onChange={(event) => onWrite(event.target.value)}
          placeholder={example}
          aria-invalid={error ? true : undefined}
          aria-describedby={descriptionOf(name, notes)}
          className="w-full resize-none bg-transparent text-title outline-none placeholder:text-faint/70"
        />
        <div className="grid gap-1">
          <FieldNotes id={name} {...notes} />
          {photos > 0 && (
            <p role="status" className="text-small text-soft">
              {photos === 1 ? 'The photo on the desk stays' : `The ${photos} photos on the desk stay`} there:
              this is made of words alone.
            </p>
          )}
          {children}
        </div>
      </div>
    </Well>
  );
}
