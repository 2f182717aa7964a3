'use client';

import { type ReactNode, useActionState } from 'react';
import type { JobResource } from '#lib/jobs/resource';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { DownloadLink } from '../ui/button.tsx';
import { EMPTY_FORM, type FormAction, type FormState } from '../ui/form-state.ts';
import { DownloadIcon, RetryIcon, TrashIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { outputNamed } from './job-pictures.ts';
import { isActive } from './job-status.tsx';

export interface JobActionSet {
  cancel: FormAction;
  retry: FormAction;
  remove: FormAction;
}

interface JobActionsProps {
  job: JobResource;
  actions: JobActionSet;
  /** Called when a job was cancelled or queued again. */
  onChanged: () => Promise<void>;
}

/** What can be done with a job in the state it is in. */
export function JobActions({ job, actions, onChanged }: JobActionsProps) {
  const [cancelled, cancel] = useActionState(followed(actions.cancel, onChanged), EMPTY_FORM);
  const [retried, retry] = useActionState(followed(actions.retry, onChanged), EMPTY_FORM);
  const [removed, remove] = useActionState(actions.remove, EMPTY_FORM);
  const psd = outputNamed(job, 'layers.psd');
  const repeatable = job.status === 'failed' || job.status === 'cancelled';
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2 sm:flex-row-reverse">
        {isActive(job) && (
          <JobForm job={job} action={cancel}>
            <SubmitButton look="plain" pendingLabel="Cancelling">
              Cancel
            </SubmitButton>
          </JobForm>
        )}
        {repeatable && (
          <JobForm job={job} action={retry}>
            <SubmitButton pendingLabel="Queueing">
              <RetryIcon className="size-4" /> Run again
            </SubmitButton>
          </JobForm>
        )}
        {psd && (
          <DownloadLink look="primary" href={`${psd.url}?download=1`} download={psd.name}>
            <DownloadIcon className="size-4" /> Download PSD
          </DownloadLink>
        )}
        {!isActive(job) && <DeleteJob job={job} remove={remove} />}
      </div>
      <ActionProblem states={[cancelled, retried, removed]} />
    </div>
  );
}

/** The action, and then the job read again. */
function followed(action: FormAction, onChanged: () => Promise<void>): FormAction {
  return async (previous, data) => {
    const answer = await action(previous, data);
    await onChanged();
    return answer;
  };
}

type Dispatch = (data: FormData) => void;

function JobForm({ job, action, children }: { job: JobResource; action: Dispatch; children: ReactNode }) {
  return (
    <form action={action}>
      <input type="hidden" name="id" value={job.id} />
      {children}
    </form>
  );
}

function DeleteJob({ job, remove }: { job: JobResource; remove: Dispatch }) {
  return (
    <ConfirmDialog
      trigger={
        <>
          <TrashIcon className="size-4" /> Delete
        </>
      }
      title="Delete this job?"
      body="The job and every file it made go for good. The photo on your own disk stays."
      keepLabel="Keep it"
    >
      <JobForm job={job} action={remove}>
        <SubmitButton look="danger" pendingLabel="Deleting">
          Delete
        </SubmitButton>
      </JobForm>
    </ConfirmDialog>
  );
}

function ActionProblem({ states }: { states: FormState[] }) {
  const problem = states.find(({ message }) => message !== null);
  if (!problem) return null;
  return (
    <Notice tone="danger" title={problem.message!}>
      {problem.suggestion}
    </Notice>
  );
}
