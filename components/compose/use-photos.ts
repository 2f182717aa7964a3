'use client';

import { useCallback, useEffect, useReducer } from 'react';

/** A photo on the desk, not yet a job. */
export interface Photo {
  key: string;
  file: File;
  previewUrl: string;
  sending: boolean;
  /** Why it was not taken, where it was refused. */
  problem: string | null;
}

type Change =
  | { kind: 'add'; photos: Photo[] }
  | { kind: 'remove'; key: string }
  | { kind: 'update'; key: string; sending: boolean; problem: string | null };

function reduce(photos: Photo[], change: Change): Photo[] {
  if (change.kind === 'add') return [...photos, ...change.photos];
  if (change.kind === 'remove') return photos.filter((photo) => photo.key !== change.key);
  const { key, sending, problem } = change;
  return photos.map((photo) => (photo.key === key ? { ...photo, sending, problem } : photo));
}

/** The photos laid out on the desk, each with a preview that lives as long as it lies there. */
export function usePhotos() {
  const [photos, change] = useReducer(reduce, []);

  const add = useCallback((files: Iterable<File>) => {
    const pictures = [...files].filter((file) => file.type.startsWith('image/'));
    change({ kind: 'add', photos: pictures.map(toPhoto) });
  }, []);

  const remove = useCallback((photo: Photo) => {
    URL.revokeObjectURL(photo.previewUrl);
    change({ kind: 'remove', key: photo.key });
  }, []);

  const update = useCallback(
    (photo: Photo, sending: boolean, problem: string | null) =>
      change({ kind: 'update', key: photo.key, sending, problem }),
    [],
  );

  useDroppedAndPasted(add);
  return { photos, add, remove, update };
}

function toPhoto(file: File): Photo {
  const previewUrl = URL.createObjectURL(file);
  return { key: previewUrl, file, previewUrl, sending: false, problem: null };
}

/** Take pictures dropped or pasted anywhere on the page. */
function useDroppedAndPasted(add: (files: Iterable<File>) => void) {
  useEffect(() => {
    const take = (event: Event, files: FileList | undefined) => {
      if (!files?.length) return;
      event.preventDefault();
      add(files);
    };
    const onDrop = (event: DragEvent) => take(event, event.dataTransfer?.files);
    const onPaste = (event: ClipboardEvent) => take(event, event.clipboardData?.files);
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    window.addEventListener('dragover', onDragOver);
    return () => {
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
      window.removeEventListener('dragover', onDragOver);
    };
  }, [add]);
}
