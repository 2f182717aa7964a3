'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { Desk } from './desk.ts';

/** A desk that takes what is dropped or pasted anywhere on the page, and is cleared when the page is left. */
export function useDesk() {
  const [desk] = useState(() => new Desk());
  const view = useSyncExternalStore(desk.watch, desk.view, desk.view);
  useEffect(() => desk.clear, [desk]);
  useEffect(() => takeDroppedAndPasted(desk.lay), [desk]);
  return { desk, ...view };
}

function takeDroppedAndPasted(lay: Desk['lay']): () => void {
  const leaving = new AbortController();
  const { signal } = leaving;
  const take = (event: Event, files: FileList | undefined) => {
    if (!files?.length) return;
    event.preventDefault();
    lay(files);
  };
  window.addEventListener('drop', (event) => take(event, event.dataTransfer?.files), { signal });
  window.addEventListener('paste', (event) => take(event, event.clipboardData?.files), { signal });
  window.addEventListener(
    'dragover',
    (event) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    },
    { signal },
  );
  return () => leaving.abort();
}
