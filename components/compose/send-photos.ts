import type { FormAction } from '../ui/form-state.ts';
import type { Desk, DeskFields } from './desk.ts';
import { batchSender, type OpenBatch, photoSender } from './photo-sender.ts';

interface Sending {
  fields: DeskFields;
  submit: FormAction;
  openBatch: OpenBatch;
  onOpened: (batchId: string) => void;
  onQueued: () => void;
}

/** Send the photos on the desk with the settings of a form, together where that can be. */
export function sendPhotos(desk: Desk, form: FormData, { fields, onQueued, ...act }: Sending): void {
  const { photos, endPhoto } = desk.view();
  const ending = fields.endPhoto && endPhoto;
  if (ending) form.set(fields.endPhoto!, endPhoto.file);
  // A batch has one picture for each of its jobs.
  const together = photos.length > 1 && !ending;
  const send = together ? batchSender(form, fields.photo, act) : photoSender(form, fields.photo, act.submit);
  // All that is thrown is Next's way of leaving for another page.
  desk.send(fields, send, onQueued).catch(() => undefined);
}
