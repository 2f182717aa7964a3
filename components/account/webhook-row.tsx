import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { IdForm } from '../ui/id-form.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import { DeliveryList } from './delivery-list.tsx';
import type { WebhookActions, WebhookView } from './webhook-view.ts';

interface WebhookRowProps {
  webhook: WebhookView;
  make: (data: FormData) => void;
  actions: WebhookActions;
}

/** One webhook: where it leads, how it stands, what was sent there, and what can be done about it. */
export function WebhookRow({ webhook, make, actions }: WebhookRowProps) {
  return (
    <li className="grid gap-2 py-4">
      <div className="min-w-0">
        <p className="font-mono text-small break-all text-ink">{webhook.url}</p>
        <p className="mt-1 text-small text-faint">
          {webhook.description && <span className="text-soft">{webhook.description}, </span>}
          <code className="font-mono">{webhook.events.join(', ')}</code>
        </p>
        <Standing webhook={webhook} />
      </div>
      <div className="-ml-4 flex flex-wrap">
        {webhook.enabled && (
          <IdForm id={webhook.id} action={actions.test}>
            <SubmitButton look="quiet" pendingLabel="Sending">
              Send a test
            </SubmitButton>
          </IdForm>
        )}
        <IdForm id={webhook.id} action={actions.turn}>
          {!webhook.enabled && <input type="hidden" name="enabled" value="true" />}
          <SubmitButton look="quiet" pendingLabel={webhook.enabled ? 'Switching off' : 'Switching on'}>
            {webhook.enabled ? 'Switch off' : 'Switch on'}
          </SubmitButton>
        </IdForm>
        <RotateSecret webhook={webhook} make={make} />
        <Remove webhook={webhook} actions={actions} />
      </div>
      <DeliveryList webhook={webhook} replay={actions.replay} />
    </li>
  );
}

function Standing({ webhook }: { webhook: WebhookView }) {
  const { enabled, disabled_reason: reason, failing_since: failingSince } = webhook;
  if (!enabled) return <p className="mt-1 text-small text-danger">Off. {reason}</p>;
  if (!failingSince) return null;
  return (
    <p className="mt-1 text-small text-danger">
      Nothing has arrived since <RelativeTime at={failingSince} />
    </p>
  );
}

function RotateSecret({ webhook, make }: Pick<WebhookRowProps, 'webhook' | 'make'>) {
  return (
    <ConfirmDialog
      trigger="Rotate secret"
      title="Give this webhook a new secret?"
      body="For a day from now, messages are signed with both secrets, so that your program can change over."
      keepLabel="Not now"
    >
      <form action={make}>
        <input type="hidden" name="id" value={webhook.id} />
        <SubmitButton pendingLabel="Rotating">Rotate</SubmitButton>
      </form>
    </ConfirmDialog>
  );
}

function Remove({ webhook, actions }: Pick<WebhookRowProps, 'webhook' | 'actions'>) {
  return (
    <ConfirmDialog
      trigger="Remove"
      title="Remove this webhook?"
      body="Nothing is sent there any more, and what was sent is forgotten. This cannot be taken back."
      keepLabel="Keep it"
    >
      <IdForm id={webhook.id} action={actions.remove}>
        <SubmitButton look="danger" pendingLabel="Removing">
          Remove
        </SubmitButton>
      </IdForm>
    </ConfirmDialog>
  );
}
