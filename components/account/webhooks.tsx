'use client';

import { useRouter } from 'next/navigation';
import { useActionState, useEffect } from 'react';
import { FormProblem } from '../ui/form-problem.tsx';
import { EMPTY_FORM } from '../ui/form-state.ts';
import { NewWebhookForm } from './new-webhook-form.tsx';
import { ShownOnce } from './shown-once.tsx';
import { WebhookRow } from './webhook-row.tsx';
import type { WebhookActions, WebhookView } from './webhook-view.ts';

const LOOK_AGAIN_MS = 2_000;

/** An owner's webhooks, what was sent to them, and a form for another. */
export function Webhooks({
  webhooks,
  actions,
}: {
  webhooks: readonly WebhookView[];
  actions: WebhookActions;
}) {
  const [state, make] = useActionState(actions.make, { ...EMPTY_FORM, secret: null });
  useRefresh(webhooks.some(({ deliveries }) => deliveries.some(isOnItsWay)));
  return (
    <div className="grid gap-8">
      <div className="grid gap-4">
        {state.secret && <ShownOnce what="secret" text={state.secret} />}
        <FormProblem state={state} />
        {webhooks.length === 0 ? (
          <p className="text-soft">No webhooks yet. One tells a program of yours when a job ends.</p>
        ) : (
          <ul className="divide-y divide-line">
            {webhooks.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} make={make} actions={actions} />
            ))}
          </ul>
        )}
      </div>
      <NewWebhookForm state={state} send={make} />
    </div>
  );
}

function isOnItsWay({ status, attempts }: WebhookView['deliveries'][number]): boolean {
  return status === 'pending' && attempts === 0;
}

/** Look again every now and then, for as long as something is about to change. */
function useRefresh(isChanging: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!isChanging) return;
    const timer = setInterval(() => router.refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isChanging, router]);
}
