'use client';

import { useEffect } from 'react';
import { Notice } from '../ui/notice.tsx';

/** Says what went well just now. It was in the address, and is taken out of it, so that a reload does not say it again. */
export function PassingNotice({ title }: { title: string }) {
  // Each time, since it may happen again while it still stands here.
  useEffect(() => {
    if (location.search) history.replaceState(null, '', location.pathname);
  });
  return <Notice tone="good" title={title} />;
}
