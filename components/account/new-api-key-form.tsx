import type { Scope } from '#lib/auth/scopes';
import { Field, INPUT_SHAPE, TextField } from '../ui/field.tsx';
import type { FormState } from '../ui/form-state.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import { SCOPE_WORDS } from './scope-words.ts';

const SCOPES = Object.keys(SCOPE_WORDS) as Scope[];
const USUAL = new Set<Scope>(['jobs:read', 'jobs:write']);

/** By days; none is never. */
const LIFETIMES = [
  { days: '', label: 'Never' },
  { days: '30', label: 'In 30 days' },
  { days: '90', label: 'In 90 days' },
  { days: '365', label: 'In a year' },
];

/** What a new key is called, what it may do and for how long. */
export function NewApiKeyForm({ state, send }: { state: FormState; send: (data: FormData) => void }) {
  const { values } = state;
  const isNew = !('name' in values);
  return (
    <form action={send} className="grid gap-5 sm:grid-cols-[minmax(0,1fr)_12rem]">
      <TextField
        name="name"
        label="Name of a new key"
        placeholder="Build script"
        required
        maxLength={80}
        autoComplete="off"
        error={state.errors.name}
        defaultValue={values.name}
      />
      <Field id="expires_days" label="Expires">
        <select
          id="expires_days"
          name="expires_days"
          defaultValue={values.expires_days}
          className={INPUT_SHAPE}
        >
          {LIFETIMES.map(({ days, label }) => (
            <option key={days} value={days}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      <fieldset className="col-span-full">
        <legend className="text-small font-medium">What it may do</legend>
        <div className="mt-2 grid gap-x-8 gap-y-3 sm:grid-cols-2">
          {SCOPES.map((scope) => (
            <ScopeBox key={scope} scope={scope} checked={isNew ? USUAL.has(scope) : scope in values} />
          ))}
        </div>
      </fieldset>
      <SubmitButton look="plain" pendingLabel="Creating" className="min-h-11 justify-self-start">
        Create key
      </SubmitButton>
    </form>
  );
}

function ScopeBox({ scope, checked }: { scope: Scope; checked: boolean }) {
  const { label, note } = SCOPE_WORDS[scope];
  return (
    <label className="flex gap-3">
      <input
        type="checkbox"
        name={scope}
        defaultChecked={checked}
        className="mt-1 size-4 shrink-0 accent-accent"
      />
      <span>
        {label}
        <span className="block text-small text-faint">{note}</span>
      </span>
    </label>
  );
}
