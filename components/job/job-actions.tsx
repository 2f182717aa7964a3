'use client';

import type { JobResource } from '#lib/jobs/resource';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { DownloadLink } from '../ui/button.tsx';
import { FormProblem } from '../ui/form-problem.tsx';
import type { FormAction } from '../ui/form-state.ts';
import { IdForm } from '../ui/id-form.tsx';
import { DownloadIcon, RetryIcon, TrashIcon } from '../ui/icons.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { useAnswered } from '../ui/use-answered.ts';
import { mainOutput } from './job-pictures.ts';
import { isActive } from './job-status.tsx';
import { downloadWords } from './output-words.ts';

export interface JobActionSet {
  cancel: FormAction;
  retry: FormAction;
  remove: FormAction;
}

interface JobActionsProps {
  job: JobResource;
  actions: JobActionSet;
  /** Called when something was done with the job. */
  onChanged: () => Promise<void>;
}

/** What can be done with a job in the state it is in. */
export function JobActions({ job, actions, onChanged }: JobActionsProps) {
  const { answer, answered } = useAnswered(onChanged);
  const main = job.status === 'completed' ? mainOutput(job) : undefined;
  const repeatable = job.status === 'failed' || job.status === 'cancelled';
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2 sm:flex-row-reverse">
        {isActive(job) && (
          <IdForm id={job.id} action={answered(actions.cancel)}>
            <SubmitButton look="plain" pendingLabel="Cancelling">
              Cancel
            </SubmitButton>
          </IdForm>
        )}
        {repeatable && (
          <IdForm id={job.id} action={answered(actions.retry)}>
            <SubmitButton pendingLabel="Queueing">
              <RetryIcon className="size-4" /> Run again
            </SubmitButton>
          </IdForm>
        )}
        {main && (
          <DownloadLink look="primary" href={`${main.url}?download=1`} download={main.name}>
            <DownloadIcon className="size-4" /> {downloadWords(main)}
          </DownloadLink>
        )}
        {!isActive(job) && <DeleteJob job={job} remove={answered(actions.remove)} />}
      </div>
      <FormProblem state={answer} />
    </div>
  );
}

type Dispatch = (data: FormData) => Promise<void>;

function DeleteJob({ job, remove }: { job: JobResource; remove: Dispatch }) {
  return (
    <ConfirmDialog
      trigger={
        <>
          <TrashIcon className="size-4" /> Delete
        </>
      }
      title="Delete this job?"
      body={`The job and every file it made go for good.${job.inputs.length > 0 ? ' The photo on your own disk stays.' : ''}`}
      keepLabel="Keep it"
    >
      <IdForm id={job.id} action={remove}>
        <SubmitButton look="danger" pendingLabel="Deleting">
          Delete
        </SubmitButton>
      </IdForm>
    </ConfirmDialog>
  );
}
