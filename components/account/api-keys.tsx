'use client';

import { useActionState, useId } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { FormProblem } from '../ui/form-problem.tsx';
import { EMPTY_FORM, type FormState } from '../ui/form-state.ts';
import { IdForm } from '../ui/id-form.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';

export interface ApiKeyView {
  id: string;
  name: string;
  prefix: string;
  /** ISO 8601. */
  createdAt: string;
  lastUsedAt: string | null;
}

/** After a key was made: the key itself, this once. */
export interface ApiKeyFormState extends FormState {
  key: string | null;
}

type Create = (previous: ApiKeyFormState, data: FormData) => Promise<ApiKeyFormState>;
type Revoke = (data: FormData) => Promise<void>;

export function ApiKeys({
  keys,
  create,
  revoke,
}: {
  keys: readonly ApiKeyView[];
  create: Create;
  revoke: Revoke;
}) {
  const [state, send] = useActionState(create, { ...EMPTY_FORM, key: null });
  return (
    <div className="grid gap-6">
      {state.key && <NewKey apiKey={state.key} />}
      {keys.length === 0 ? (
        <p className="text-soft">No keys yet. A key lets a program queue jobs in your name.</p>
      ) : (
        <ul className="divide-y divide-line">
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} revoke={revoke} />
          ))}
        </ul>
      )}
      <form action={send} className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        {state.message && (
          <div className="sm:col-span-2">
            <FormProblem state={state} />
          </div>
        )}
        <TextField
          name="name"
          label="Name of a new key"
          placeholder="Build script"
          required
          maxLength={80}
          autoComplete="off"
          error={state.errors.name}
          defaultValue={state.values.name}
        />
        <SubmitButton look="plain" pendingLabel="Creating" className="min-h-11">
          Create key
        </SubmitButton>
      </form>
    </div>
  );
}

function NewKey({ apiKey }: { apiKey: string }) {
  const id = useId();
  return (
    <div role="status" className="grid gap-3 rounded-control bg-tint p-4">
      <p className="font-medium">Copy the key now. It is not shown again.</p>
      <div className="flex flex-wrap items-center gap-3">
        <code id={id} className="min-w-0 flex-1 font-mono text-small break-all">
          {apiKey}
        </code>
        <CopyButton text={apiKey} label="Copy the key" shownIn={id} />
      </div>
    </div>
  );
}

function KeyRow({ apiKey, revoke }: { apiKey: ApiKeyView; revoke: Revoke }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
      <div className="min-w-0">
        <p className="truncate font-medium">{apiKey.name}</p>
        <p className="text-small text-faint">
          <code className="font-mono text-soft">{apiKey.prefix}…</code>{' '}
          {apiKey.lastUsedAt ? (
            <>
              last used <RelativeTime at={apiKey.lastUsedAt} />
            </>
          ) : (
            <>
              never used, made <RelativeTime at={apiKey.createdAt} />
            </>
          )}
        </p>
      </div>
      <ConfirmDialog
        trigger="Revoke"
        title={`Revoke “${apiKey.name}”?`}
        body="Programs that use this key are refused from now on. This cannot be taken back."
        keepLabel="Keep it"
      >
        <IdForm id={apiKey.id} action={revoke}>
          <SubmitButton look="danger" pendingLabel="Revoking">
            Revoke
          </SubmitButton>
        </IdForm>
      </ConfirmDialog>
    </li>
  );
}
