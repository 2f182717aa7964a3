'use client';

import { ComposeForm } from '../compose/compose-form.tsx';
import type { ImprovePrompt } from '../compose/improve-prompt.tsx';
import type { PhotoRules, PipelineForm } from '../compose/param-schema.ts';
import type { OpenBatch } from '../compose/photo-sender.ts';
import { QueuePanel } from '../queue/queue-panel.tsx';
import { type QueueState, useQueue } from '../queue/use-queue.ts';
import { SessionNotice } from '../shell/session-notice.tsx';
import type { FormAction } from '../ui/form-state.ts';
import { useAnswered } from '../ui/use-answered.ts';

interface StudioProps {
  pipelines: readonly PipelineForm[];
  photos: PhotoRules;
  initialQueue: QueueState;
  /** What a person should know of the worker's device. */
  notes: readonly string[];
  submit: FormAction;
  openBatch: OpenBatch;
  improve: ImprovePrompt;
  cancel: FormAction;
  pause: FormAction;
  resume: FormAction;
}

/** The desk and, beside it, the queue it feeds. */
export function Studio({
  pipelines,
  photos,
  initialQueue,
  notes,
  submit,
  openBatch,
  improve,
  cancel,
  pause,
  resume,
}: StudioProps) {
  const { queue, offline, signedOut, refresh } = useQueue(initialQueue);
  const { answer, answered } = useAnswered(refresh);
  const titles = Object.fromEntries(pipelines.map(({ id, title }) => [id, title]));
  return (
    <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,25rem)] lg:gap-10">
      {signedOut && (
        <div className="lg:col-span-full">
          <SessionNotice />
        </div>
      )}
      <ComposeForm
        pipelines={pipelines}
        rules={photos}
        submit={submit}
        openBatch={openBatch}
        improve={improve}
        onQueued={refresh}
      />
      <QueuePanel
        queue={queue}
        titles={titles}
        notes={notes}
        offline={offline}
        answer={answer}
        cancel={answered(cancel)}
        pause={answered(pause)}
        resume={answered(resume)}
      />
    </div>
  );
}
