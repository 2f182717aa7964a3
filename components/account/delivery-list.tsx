import { classNames } from '../ui/class-names.ts';
import { IdForm } from '../ui/id-form.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { SubmitButton } from '../ui/submit-button.tsx';
import type { WebhookActions, WebhookView } from './webhook-view.ts';

type Delivery = WebhookView['deliveries'][number];

interface DeliveryListProps {
  webhook: WebhookView;
  replay: WebhookActions['replay'];
}

/** What was sent to a webhook last, and how it went. */
export function DeliveryList({ webhook, replay }: DeliveryListProps) {
  const { deliveries } = webhook;
  if (deliveries.length === 0) return <p className="text-small text-faint">Nothing was sent there yet.</p>;
  return (
    <details className="text-small">
      <summary className="cursor-pointer text-soft hover:text-ink">Last messages</summary>
      <ul className="mt-2 divide-y divide-line">
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} webhook={webhook} replay={replay} />
        ))}
      </ul>
    </details>
  );
}

function DeliveryRow({ delivery, webhook, replay }: DeliveryListProps & { delivery: Delivery }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 py-1">
      <div className="min-w-0">
        <p>
          <code className="font-mono">{delivery.event}</code>{' '}
          <span className="text-faint">
            <RelativeTime at={delivery.created_at} />
          </span>
        </p>
        <p className={classNames(delivery.status === 'failed' ? 'text-danger' : 'text-soft')}>
          {standingOf(delivery)}
        </p>
      </div>
      {webhook.enabled && delivery.status !== 'pending' && (
        <IdForm id={webhook.id} action={replay}>
          <input type="hidden" name="delivery" value={delivery.id} />
          <SubmitButton look="quiet" pendingLabel="Sending">
            Send again
          </SubmitButton>
        </IdForm>
      )}
    </li>
  );
}

function standingOf({ status, attempts, response_status: answered, error }: Delivery): string {
  if (status === 'delivered') return `Arrived, answered ${answered}`;
  const after = attempts === 1 ? 'after one attempt' : `after ${attempts} attempts`;
  if (status === 'failed') return attempts === 0 ? (error ?? 'Failed') : `Given up ${after}. ${error ?? ''}`;
  return attempts === 0 ? 'On its way' : `To be tried again, ${after}. ${error ?? ''}`;
}
