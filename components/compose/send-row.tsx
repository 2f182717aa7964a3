'use client';

import Link from 'next/link';
import { Button } from '../ui/button.tsx';

interface SendRowProps {
  /** What a person presses to start it. */
  verb: string;
  /** Photos that would go. */
  photos: number;
  sending: boolean;
  /** Whether what was sent last has been taken. */
  queued: boolean;
  /** The batch that it went into. */
  batchId: string | null;
}

/** The button that sends, and what came of it. */
export function SendRow({ verb, photos, sending, queued, batchId }: SendRowProps) {
  const label = photos > 1 ? `Queue ${photos} jobs` : verb;
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-5 gap-y-2">
      <p role="status" className="text-small text-soft">
        {queued && <QueuedNote batchId={batchId} />}
      </p>
      <Button type="submit" look="primary" disabled={sending} className="min-h-11 min-w-36 max-sm:w-full">
        {sending ? 'Sending' : label}
      </Button>
    </div>
  );
}

/** Several photos have a page together; on a phone the queue is further down. */
function QueuedNote({ batchId }: { batchId: string | null }) {
  const look = 'text-accent underline underline-offset-4';
  return (
    <>
      Queued.{' '}
      {batchId ? (
        <Link href={`/batches/${batchId}`} className={look}>
          See the batch
        </Link>
      ) : (
        <a href="#queue-heading" className={`${look} lg:hidden`}>
          See it run
        </a>
      )}
    </>
  );
}
