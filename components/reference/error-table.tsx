import { Prose } from './prose.tsx';

/** A code that a problem, or a failed run, can have. */
export interface ErrorView {
  code: string;
  status: number;
  meaning: string;
  /** Whether a run that fails so is tried again. */
  retryable: boolean;
}

/** Every code, in rows that can be linked to. */
export function ErrorTable({ errors }: { errors: readonly ErrorView[] }) {
  return (
    <dl className="divide-y divide-line border-y border-line">
      {errors.map(({ code, status, meaning, retryable }) => (
        <div
          key={code}
          id={code}
          className="grid gap-x-8 gap-y-1 px-3 py-3 target:bg-tint sm:grid-cols-[3rem_16rem_minmax(0,1fr)]"
        >
          <dt className="contents">
            <span className="font-mono text-small text-danger">{status}</span>
            <code className="font-mono text-small font-semibold">{code}</code>
          </dt>
          <dd className="text-small text-soft">
            <Prose text={meaning} />
            {retryable && <p className="text-faint">A run that fails so is tried again.</p>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
