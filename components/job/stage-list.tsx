import type { JobResource } from '#lib/jobs/resource';
import { classNames } from '../ui/class-names.ts';
import { CheckIcon, CloseIcon } from '../ui/icons.tsx';

export interface StageInfo {
  name: string;
  label: string;
}

type StageState = 'done' | 'current' | 'stopped' | 'ahead';

const TONES: Record<StageState, string> = {
  done: '',
  current: 'font-medium',
  stopped: 'text-danger',
  ahead: 'text-faint',
};

/** The stages of a job, which are behind it and which one runs. */
export function StageList({ job, stages }: { job: JobResource; stages: readonly StageInfo[] }) {
  return (
    <ol className="grid gap-0">
      {stages.map(({ name, label }, index) => {
        const state = stateOf(index, job);
        return (
          <li
            key={name}
            aria-current={state === 'current' ? 'step' : undefined}
            className="relative flex items-center gap-3.5 py-2.5 not-last:after:absolute not-last:after:top-[calc(50%+0.8rem)] not-last:after:left-[0.7rem] not-last:after:h-[calc(100%-1.6rem)] not-last:after:w-px not-last:after:bg-line-strong/60"
          >
            <StageMark state={state} />
            <span className={TONES[state]}>{label}</span>
          </li>
        );
      })}
    </ol>
  );
}

function stateOf(index: number, job: JobResource): StageState {
  const done = job.progress.stages_done;
  if (index < done) return 'done';
  if (index > done) return 'ahead';
  if (job.status === 'processing') return 'current';
  return job.status === 'failed' ? 'stopped' : 'ahead';
}

function StageMark({ state }: { state: StageState }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'grid size-6 shrink-0 place-items-center rounded-full',
        state === 'done' && 'bg-accent text-on-accent',
        state === 'current' && 'ring-2 ring-accent ring-inset',
        state === 'stopped' && 'bg-danger-tint text-danger ring-1 ring-danger ring-inset',
        state === 'ahead' && 'ring-1 ring-line-strong ring-inset',
      )}
    >
      {state === 'done' && <CheckIcon className="size-3.5" />}
      {state === 'stopped' && <CloseIcon className="size-3.5" />}
      {state === 'current' && <span className="breathing size-2 rounded-full bg-accent" />}
    </span>
  );
}
