'use client';

import type { Photo } from './desk.ts';
import { LaidPhoto } from './laid-photo.tsx';
import type { ModelOption } from './model-choice.ts';
import { PhotoInput } from './photo-input.tsx';
import { Well } from './well.tsx';

interface EndDeskProps {
  photo: Photo | null;
  /** What the form calls it, and what a person does. */
  field: { name: string; label: string };
  /** The model that was chosen by name. */
  model: ModelOption | undefined;
  /** MIME types. */
  types: readonly string[];
  onLay: (files: Iterable<File>) => void;
  onRemove: () => void;
}

/** Where the picture is laid that a job is to end on, if there is to be one. */
export function EndDesk({ photo, field, model, types, onLay, onRemove }: EndDeskProps) {
  return (
    <Well onFiles={onLay} className="min-h-44">
      {photo ? (
        <ul className="grid grid-cols-1 p-3">
          <LaidPhoto photo={photo} large onRemove={onRemove} />
        </ul>
      ) : (
        <label
          htmlFor="end-photo"
          className="grid content-center justify-items-center gap-2 p-5 text-center focus-within:outline-2 focus-within:-outline-offset-4 focus-within:outline-accent"
        >
          <span className="text-head font-semibold">{field.label}</span>
          <span className="max-w-56 text-small text-soft">
            {purposeOf(model)} Drop it here, or{' '}
            <span className="text-accent underline underline-offset-4">choose one</span>.
          </span>
          <PhotoInput
            id="end-photo"
            name={field.name}
            label={`Choose the ${field.label.toLowerCase()}`}
            types={types}
            onAdd={onLay}
          />
        </label>
      )}
    </Well>
  );
}

function purposeOf(model: ModelOption | undefined): string {
  if (model?.endImage === 'unused') return `${model.title} makes no use of one.`;
  if (model?.endImage === 'required') return `${model.title} goes from the photo to this picture.`;
  return 'Only if the video is to end on another picture.';
}
