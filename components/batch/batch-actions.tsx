'use client';

import type { ReactNode } from 'react';
import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import { DownloadLink } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { FormProblem } from '../ui/form-problem.tsx';
import type { FormAction } from '../ui/form-state.ts';
import { IdForm } from '../ui/id-form.tsx';
import { DownloadIcon, PauseIcon, ResumeIcon, RetryIcon } from '../ui/icons.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { useAnswered } from '../ui/use-answered.ts';
import { isBatchActive } from './batch-words.ts';

export interface BatchActionSet {
  pause: FormAction;
  resume: FormAction;
  cancel: FormAction;
  retryFailed: FormAction;
}

interface BatchActionsProps {
  batch: BatchResource;
  actions: BatchActionSet;
  /** Called when something was done with the batch. */
  onChanged: () => Promise<void>;
}

/** What can be done with a batch in the state it is in. */
export function BatchActions({ batch, actions, onChanged }: BatchActionsProps) {
  const { answer, answered } = useAnswered(onChanged);
  const active = isBatchActive(batch);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2 sm:justify-end">
        {active && (
          <CancelBatch>
            <IdForm id={batch.id} action={answered(actions.cancel)}>
              <SubmitButton look="danger" pendingLabel="Cancelling">
                Cancel the rest
              </SubmitButton>
            </IdForm>
          </CancelBatch>
        )}
        {active && <PauseOrResume batch={batch} actions={actions} answered={answered} />}
        {batch.counts.failed > 0 && (
          <IdForm id={batch.id} action={answered(actions.retryFailed)}>
            <SubmitButton look="plain" pendingLabel="Queueing">
              <RetryIcon className="size-4" /> Retry failed
            </SubmitButton>
          </IdForm>
        )}
        {batch.counts.completed > 0 && (
          <DownloadLink look="primary" href={batch.urls.archive}>
            <DownloadIcon className="size-4" /> Download all
          </DownloadLink>
        )}
      </div>
      <FormProblem state={answer} />
    </div>
  );
}

type Dispatch = (data: FormData) => Promise<void>;

interface PauseOrResumeProps {
  batch: BatchResource;
  actions: BatchActionSet;
  answered: (action: FormAction) => Dispatch;
}

function PauseOrResume({ batch, actions, answered }: PauseOrResumeProps) {
  const [Icon, label, pendingLabel] = batch.paused
    ? [ResumeIcon, 'Resume', 'Resuming']
    : [PauseIcon, 'Pause', 'Pausing'];
  return (
    <IdForm id={batch.id} action={answered(batch.paused ? actions.resume : actions.pause)}>
      <SubmitButton look="plain" pendingLabel={pendingLabel}>
        <Icon className="size-4" /> {label}
      </SubmitButton>
    </IdForm>
  );
}

function CancelBatch({ children }: { children: ReactNode }) {
  return (
    <ConfirmDialog
      trigger="Cancel"
      title="Cancel what is left of this batch?"
      body="Photos that are done stay done. Those that wait or run are stopped; each can be run again."
      keepLabel="Go on"
    >
      {children}
    </ConfirmDialog>
  );
}
