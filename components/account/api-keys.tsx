'use client';

import { useActionState } from 'react';
import { FormProblem } from '../ui/form-problem.tsx';
import { EMPTY_FORM } from '../ui/form-state.ts';
import { ApiKeyRow } from './api-key-row.tsx';
import type { ApiKeyView, MakeApiKey } from './api-key-view.ts';
import { NewApiKeyForm } from './new-api-key-form.tsx';
import { ShownOnce } from './shown-once.tsx';

export function ApiKeys({
  keys,
  make,
  revoke,
}: {
  keys: readonly ApiKeyView[];
  make: MakeApiKey;
  revoke: (data: FormData) => Promise<void>;
}) {
  const [state, send] = useActionState(make, { ...EMPTY_FORM, key: null });
  return (
    <div className="grid grid-cols-1 gap-8">
      <div className="grid grid-cols-1 gap-4">
        {state.key && <ShownOnce what="key" text={state.key} />}
        {keys.length === 0 ? (
          <p className="text-soft">No keys yet. A key lets a program queue jobs in your name.</p>
        ) : (
          <ul className="divide-y divide-line">
            {keys.map((key) => (
              <ApiKeyRow key={key.id} apiKey={key} rotate={send} revoke={revoke} />
            ))}
          </ul>
        )}
      </div>
      <div className="grid grid-cols-1 gap-5">
        <FormProblem state={state} />
        <NewApiKeyForm state={state} send={send} />
      </div>
    </div>
  );
}
