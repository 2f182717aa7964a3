'use client';

import { classNames } from '../ui/class-names.ts';
import { PlusIcon } from '../ui/icons.tsx';
import { StandingSheets } from '../shell/standing-sheets.tsx';
import type { Photo } from './desk.ts';
import { LaidPhoto } from './laid-photo.tsx';
import type { PhotoRules } from './param-schema.ts';
import { PhotoInput } from './photo-input.tsx';
import { Well } from './well.tsx';

interface PhotoDeskProps {
  photos: readonly Photo[];
  /** What the form calls a photo. */
  field: string;
  /** Whether one has to be laid. */
  required: boolean;
  rules: PhotoRules;
  onAdd: (files: Iterable<File>) => void;
  onRemove: (photo: Photo) => void;
}

type InputProps = Omit<PhotoDeskProps, 'photos' | 'onRemove'>;

/** Where photos are laid: empty it teaches, with one it shows it large, with several it lays them out. */
export function PhotoDesk({ photos, onRemove, ...input }: PhotoDeskProps) {
  return (
    <Well className="min-h-88 lg:min-h-[min(56vh,34rem)]">
      {photos.length === 0 ? (
        <EmptyDesk {...input} />
      ) : (
        <LaidOut photos={photos} onRemove={onRemove} {...input} />
      )}
    </Well>
  );
}

function EmptyDesk(input: InputProps) {
  return (
    <label
      htmlFor="photos"
      className="relative grid content-center justify-items-center gap-5 p-6 text-center focus-within:outline-2 focus-within:-outline-offset-4 focus-within:outline-accent"
    >
      <StandingSheets className="w-56 sm:w-72" />
      <span className="text-title">Lay a photo on the desk</span>
      <span className="max-w-md text-soft">
        Drop it here, paste it, or{' '}
        <span className="text-accent underline underline-offset-4">choose one</span>. Lay several, and each
        becomes a job of its own.
      </span>
      <span className="text-small text-faint">{input.rules.limits}</span>
      <DeskInput id="photos" {...input} />
    </label>
  );
}

function LaidOut({ photos, onRemove, ...input }: PhotoDeskProps) {
  const single = photos.length === 1;
  return (
    <ul
      className={classNames(
        'grid gap-3 p-3',
        single
          ? 'grid-cols-1 grid-rows-[1fr_auto]'
          : 'auto-rows-[minmax(11rem,auto)] grid-cols-2 content-start sm:grid-cols-3 xl:grid-cols-4',
      )}
    >
      {photos.map((photo) => (
        <LaidPhoto key={photo.key} photo={photo} large={single} onRemove={onRemove} />
      ))}
      <li className={single ? 'justify-self-end' : 'grid'}>
        <label
          htmlFor="more-photos"
          className={classNames(
            'flex min-h-10 items-center justify-center gap-2 rounded-control bg-raised px-4 text-small font-medium shadow-float has-focus-visible:outline-2 has-focus-visible:outline-accent',
            !single && 'h-full bg-transparent text-soft shadow-none ring-1 ring-line-strong ring-inset',
          )}
        >
          <PlusIcon className="size-4" /> Add photos
          <DeskInput id="more-photos" {...input} required={false} />
        </label>
      </li>
    </ul>
  );
}

function DeskInput({ id, field, required, rules, onAdd }: InputProps & { id: string }) {
  const input = { id, name: field, required, onAdd };
  return <PhotoInput {...input} label="Choose photos" types={rules.types} multiple />;
}
