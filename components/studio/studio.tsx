'use client';

import { ComposeForm } from '../compose/compose-form.tsx';
import type { PipelineForm } from '../compose/param-schema.ts';
import { QueuePanel } from '../queue/queue-panel.tsx';
import { type QueueState, useQueue } from '../queue/use-queue.ts';
import type { FormAction } from '../ui/form-state.ts';

interface StudioProps {
  pipelines: readonly PipelineForm[];
  limits: string;
  initialQueue: QueueState;
  /** What a person should know of the worker's device. */
  notes: readonly string[];
  submit: FormAction;
  cancel: (data: FormData) => Promise<void>;
  pause: () => Promise<void>;
  resume: () => Promise<void>;
}

/** The desk and, beside it, the queue it feeds. */
export function Studio({
  pipelines,
  limits,
  initialQueue,
  notes,
  submit,
  cancel,
  pause,
  resume,
}: StudioProps) {
  const { queue, offline, refresh } = useQueue(initialQueue);
  const titles = Object.fromEntries(pipelines.map(({ id, title }) => [id, title]));
  /** The action, and then the queue read again. */
  function followed<A extends unknown[]>(act: (...given: A) => Promise<void>) {
    return async (...given: A) => {
      await act(...given);
      refresh();
    };
  }
  return (
    <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,25rem)] lg:gap-10">
      <ComposeForm pipelines={pipelines} limits={limits} submit={submit} onQueued={refresh} />
      <QueuePanel
        queue={queue}
        titles={titles}
        notes={notes}
        offline={offline}
        cancel={followed(cancel)}
        pause={followed(pause)}
        resume={followed(resume)}
      />
    </div>
  );
}
