'use client';

import { useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import { CloseIcon } from '../ui/icons.tsx';
import type { Photo } from './desk.ts';

/** One photo on the desk: what it is, whether it is on its way, and why it was refused. */
export function LaidPhoto({
  photo,
  large,
  onRemove,
}: {
  photo: Photo;
  large: boolean;
  onRemove: (photo: Photo) => void;
}) {
  const { state } = photo;
  const sending = state.is === 'sending';
  return (
    <li
      className={classNames(
        'relative grid min-h-0',
        large ? 'grid-rows-[1fr]' : 'rounded-[0.25rem] bg-ink/6',
      )}
    >
      <PhotoPreview photo={photo} large={large} />
      {sending && (
        <span className="breathing absolute inset-0 grid place-items-center font-medium">Sending</span>
      )}
      {state.is === 'refused' && (
        <p
          role="alert"
          className={classNames(
            'rounded-control bg-danger-tint text-small text-danger',
            // On a tile it lies over the picture, below the button, and makes the tile as high as it needs.
            large ? 'mt-3 p-3 text-center' : 'relative m-2 mt-13 self-end p-2',
          )}
        >
          {state.reason}
        </p>
      )}
      <button
        type="button"
        onClick={() => onRemove(photo)}
        disabled={sending}
        aria-label={`Take ${photo.file.name} off the desk`}
        className="absolute top-2 right-2 grid size-9 place-items-center rounded-full bg-black/60 text-white hover:bg-black/80 disabled:hidden"
      >
        <CloseIcon className="size-4" />
      </button>
    </li>
  );
}

/** The photo, or its name where the browser cannot show the format; the server may still take it. */
function PhotoPreview({ photo, large }: { photo: Photo; large: boolean }) {
  const [shown, setShown] = useState(true);
  if (!shown) {
    return (
      <p
        className={classNames(
          'p-3 text-small break-words text-soft',
          large ? 'm-auto max-w-full text-center' : 'line-clamp-2 self-start pr-14',
        )}
      >
        {photo.file.name}
      </p>
    );
  }
  return (
    <img
      src={photo.previewUrl}
      alt={photo.file.name}
      onError={() => setShown(false)}
      className={classNames(
        'rounded-[0.25rem] shadow-float transition-opacity',
        large ? 'm-auto max-h-[min(47vh,29rem)] max-w-full' : 'absolute inset-0 size-full object-cover',
        photo.state.is === 'sending' && 'opacity-50',
      )}
    />
  );
}
