import type { WebhookEvent } from '#lib/webhooks/events';
import { TextField } from '../ui/field.tsx';
import type { FormState } from '../ui/form-state.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import { EVENT_WORDS } from './webhook-words.ts';

const EVENTS = Object.keys(EVENT_WORDS) as WebhookEvent[];

/** Where to send, and what of. */
export function NewWebhookForm({ state, send }: { state: FormState; send: (data: FormData) => void }) {
  const { values, errors } = state;
  const isNew = !('url' in values);
  return (
    <form action={send} className="grid gap-5 sm:grid-cols-2">
      <TextField
        name="url"
        label="Address of a new webhook"
        type="url"
        inputMode="url"
        placeholder="https://example.com/hooks"
        required
        maxLength={2000}
        autoComplete="off"
        error={errors.url}
        defaultValue={values.url}
      />
      <TextField
        name="description"
        label="What it is for"
        placeholder="Optional"
        maxLength={200}
        autoComplete="off"
        error={errors.description}
        defaultValue={values.description}
      />
      <fieldset className="col-span-full">
        <legend className="text-small font-medium">Tell it when</legend>
        <div className="mt-2 flex flex-wrap gap-x-8 gap-y-2">
          {EVENTS.map((event) => (
            <label key={event} className="flex items-center gap-3">
              <input
                type="checkbox"
                name={event}
                defaultChecked={isNew || event in values}
                className="size-4 shrink-0 accent-accent"
              />
              {EVENT_WORDS[event]}
            </label>
          ))}
        </div>
        {errors.events && (
          <p role="alert" className="mt-2 text-small text-danger">
            {errors.events}
          </p>
        )}
      </fieldset>
      <SubmitButton look="plain" pendingLabel="Adding" className="min-h-11 justify-self-start">
        Add webhook
      </SubmitButton>
    </form>
  );
}
