import { useId } from 'react';
import { classNames } from '../ui/class-names.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { INPUT_SHAPE } from '../ui/field.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import type { ApiKeyView } from './api-key-view.ts';

/** How much longer the old key is taken, by hours. */
const OVERLAPS = [
  { hours: '0', label: 'Not at all' },
  { hours: '1', label: 'An hour' },
  { hours: '24', label: 'A day' },
  { hours: '168', label: 'A week' },
  { hours: '720', label: '30 days' },
];

/** Asks for how long the old key goes on before a new one takes its place. */
export function RotateDialog({ apiKey, rotate }: { apiKey: ApiKeyView; rotate: (data: FormData) => void }) {
  const form = useId();
  const overlap = useId();
  const body = (
    <>
      A new key takes its place, which may do the same. The old one goes on for a while, so that programs can
      change over.
      <label htmlFor={overlap} className="mt-4 mb-1.5 block text-small font-medium text-ink">
        The old key goes on for
      </label>
      <select
        id={overlap}
        form={form}
        name="overlap_hours"
        defaultValue="24"
        className={classNames(INPUT_SHAPE, 'block')}
      >
        {OVERLAPS.map(({ hours, label }) => (
          <option key={hours} value={hours}>
            {label}
          </option>
        ))}
      </select>
    </>
  );
  return (
    <ConfirmDialog trigger="Rotate" title={`Rotate “${apiKey.name}”?`} body={body} keepLabel="Not now">
      <form id={form} action={rotate}>
        <input type="hidden" name="id" value={apiKey.id} />
        <SubmitButton pendingLabel="Rotating">Rotate</SubmitButton>
      </form>
    </ConfirmDialog>
  );
}
