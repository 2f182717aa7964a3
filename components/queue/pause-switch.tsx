import type { QueuePause } from '#lib/jobs/queue-control';
import { PauseIcon, ResumeIcon } from '../ui/icons.tsx';

interface PauseSwitchProps {
  paused: QueuePause;
  pause: () => Promise<void>;
  resume: () => Promise<void>;
}

/** Stops and starts one's queue. While the operator holds everything up, there is nothing to switch. */
export function PauseSwitch({ paused, pause, resume }: PauseSwitchProps) {
  if (paused === 'by_operator') return null;
  const Icon = paused ? ResumeIcon : PauseIcon;
  return (
    <form action={paused ? resume : pause} className="ml-auto">
      <button
        type="submit"
        className="inline-flex min-h-8 items-center gap-1.5 rounded-control px-2 text-small text-soft hover:bg-ink/7 hover:text-ink"
      >
        <Icon className="size-4" /> {paused ? 'Resume' : 'Pause'}
      </button>
    </form>
  );
}
