import { EMPTY_FORM, type FormAction, type FormState } from '../ui/form-state.ts';
import { unanswered } from '../ui/use-answered.ts';
import type { Send } from './desk.ts';

/** What opening a batch came to: its id, or what was wrong with the settings. */
export interface OpenedBatch extends FormState {
  batchId: string | null;
}

/** Opens a batch with the settings of a form. */
export type OpenBatch = (settings: FormData) => Promise<OpenedBatch>;

/** Sends photos, each by itself, with the settings of a form. */
export function photoSender(form: FormData, field: string, submit: FormAction): Send {
  return (file) => {
    form.set(field, file);
    return submit(EMPTY_FORM, form).catch(unanswered);
  };
}

/**
 * The same for photos that belong together: the first to be sent opens a batch, and all of them go into it. Where that
 * was refused, the next one asks again.
 * @param onOpened called with the batch's id
 */
export function batchSender(
  form: FormData,
  field: string,
  { submit, openBatch, onOpened }: { submit: FormAction; openBatch: OpenBatch; onOpened(id: string): void },
): Send {
  const send = photoSender(form, field, submit);
  return async (file) => {
    if (!form.has('batch_id')) {
      form.delete(field);
      const opened: FormState & Partial<OpenedBatch> = await openBatch(form).catch(unanswered);
      if (!opened.batchId) return opened;
      form.set('batch_id', opened.batchId);
      onOpened(opened.batchId);
    }
    return send(file);
  };
}
