import type { QueuePause } from '#lib/jobs/queue-control';
import { PauseIcon, ResumeIcon } from '../ui/icons.tsx';

interface PauseSwitchProps {
  paused: QueuePause;
  pause: (data: FormData) => Promise<void>;
  resume: (data: FormData) => Promise<void>;
}

/** Stops and starts one's queue. While the operator holds everything up, there is nothing to switch. */
export function PauseSwitch({ paused, pause, resume }: PauseSwitchProps) {
  if (paused === 'by_operator') return null;
  const Icon = paused ? ResumeIcon : PauseIcon;
  return (
    <form action={paused ? resume : pause} className="-mr-2 ml-auto flex">
      <button
        type="submit"
        className="inline-flex items-center gap-1.5 rounded-control px-2 py-1.5 text-small text-soft hover:bg-ink/7 hover:text-ink"
      >
        <Icon className="size-4" />
        <span className="self-baseline">{paused ? 'Resume' : 'Pause'}</span>
      </button>
    </form>
  );
}
