'use client';

import { useActionState } from 'react';
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

/** What can be done with a job in the state it is in. */
export function JobActions({
  job,
  actions,
  onChanged,
}: {
  job: JobResource;
  actions: JobActionSet;
  onChanged: () => Promise<void>;
}) {
  const followed =
    (action: FormAction): FormAction =>
    async (previous, data) => {
      const answer = await action(previous, data);
      await onChanged();
      return answer;
    };
  const [cancelled, cancel] = useActionState(followed(actions.cancel), EMPTY_FORM);
  const [retried, retry] = useActionState(followed(actions.retry), EMPTY_FORM);
  const [removed, remove] = useActionState(actions.remove, EMPTY_FORM);
  const psd = outputNamed(job, 'layers.psd');
  const repeatable = job.status === 'failed' || job.status === 'cancelled';

  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2 sm:flex-row-reverse">
        {isActive(job) && (
          <form action={cancel}>
            <JobId job={job} />
            <SubmitButton look="plain" pendingLabel="Cancelling">
              Cancel
            </SubmitButton>
          </form>
        )}
        {repeatable && (
          <form action={retry}>
            <JobId job={job} />
            <SubmitButton pendingLabel="Queueing">
              <RetryIcon className="size-4" /> Run again
            </SubmitButton>
          </form>
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

function DeleteJob({ job, remove }: { job: JobResource; remove: (data: FormData) => void }) {
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
      <form action={remove}>
        <JobId job={job} />
        <SubmitButton look="danger" pendingLabel="Deleting">
          Delete
        </SubmitButton>
      </form>
    </ConfirmDialog>
  );
}

function JobId({ job }: { job: JobResource }) {
  return <input type="hidden" name="id" value={job.id} />;
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
