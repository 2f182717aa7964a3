'use client';

import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import { useLive } from '../queue/use-live.ts';
import { SessionNotice } from '../shell/session-notice.tsx';
import { BackLink } from '../ui/back-link.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { type BatchActionSet, BatchActions } from './batch-actions.tsx';
import { BatchItem } from './batch-item.tsx';
import { batchName, countsInWords, isBatchActive } from './batch-words.ts';

interface BatchViewProps {
  initial: BatchResource;
  pipelineTitle: string;
  actions: BatchActionSet;
}

/** One batch, live: all of its photos at once, and what can be done with them together. */
export function BatchView({ initial, pipelineTitle, actions }: BatchViewProps) {
  const { current: batch, signedOut, refresh } = useLive(initial, isBatchActive);
  return (
    <div className="grid gap-8">
      {signedOut && <SessionNotice />}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-5">
        <div className="grid min-w-0 gap-2">
          <BackLink href="/batches">All batches</BackLink>
          <h1 className="truncate text-title">{batchName(batch)}</h1>
          <p className="flex flex-wrap gap-x-4 text-small text-faint">
            <span>{pipelineTitle}</span>
            <span>
              queued <RelativeTime at={batch.created_at} />
            </span>
          </p>
        </div>
        <BatchActions batch={batch} actions={actions} onChanged={refresh} />
      </div>
      {batch.paused && (
        <Notice
          tone="warn"
          title="This batch is paused. What is done stays done; the rest waits until you resume it."
        />
      )}
      <div className="grid gap-3">
        <div className="flex items-center gap-4">
          <ProgressBar value={batch.progress} label="This batch" className="h-1.5 flex-1" />
          <span className="w-12 text-right font-mono text-small">{Math.round(batch.progress * 100)}%</span>
        </div>
        <p aria-live="polite" className="text-small text-soft">
          {countsInWords(batch)}
        </p>
      </div>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-6 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5">
        {batch.items.map((item) => (
          <BatchItem key={item.position} item={item} />
        ))}
      </ul>
    </div>
  );
}
