import type { DeliveryResource, WebhookResource } from '#lib/webhooks/resource';
import type { FormState } from '../ui/form-state.ts';

/** A webhook with what was sent to it last. */
export interface WebhookView extends WebhookResource {
  deliveries: DeliveryResource[];
}

/** After a webhook was made or its secret rotated: the secret, this once. */
export interface WebhookFormState extends FormState {
  secret: string | null;
}

/** What the server does for the forms. Each takes the `id` of a webhook. */
export interface WebhookActions {
  /** Makes a webhook, or gives one a new secret where the form has its `id`. */
  make(previous: WebhookFormState, data: FormData): Promise<WebhookFormState>;
  test(data: FormData): Promise<void>;
  /** On, where the form has `enabled`; off otherwise. */
  turn(data: FormData): Promise<void>;
  remove(data: FormData): Promise<void>;
  /** Sends the `delivery` again. */
  replay(data: FormData): Promise<void>;
}
