'use client';

import { unstable_rethrow } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { EMPTY_FORM, type FormAction, type FormState } from '../ui/form-state.ts';
import type { Photo } from './use-photos.ts';

interface Desk {
  photos: readonly Photo[];
  remove: (photo: Photo) => void;
  update: (photo: Photo, sending: boolean, problem: string | null) => void;
  onQueued: () => void;
}

/** Sends each photo on the desk by itself, so that one that is refused does not hold up the others. */
export function useSending(submit: FormAction, desk: Desk) {
  const [answer, setAnswer] = useState<FormState | null>(null);
  const [sending, setSending] = useState(false);

  function send(event: FormEvent<HTMLFormElement>) {
    if (desk.photos.length === 0) return;
    event.preventDefault();
    void sendAll(new FormData(event.currentTarget));
  }

  async function sendAll(settings: FormData) {
    setSending(true);
    for (const photo of desk.photos) setAnswer(await sendOne(photo, settings));
    setSending(false);
  }

  async function sendOne(photo: Photo, settings: FormData): Promise<FormState> {
    desk.update(photo, true, null);
    settings.set('image', photo.file);
    const answer = await submit(EMPTY_FORM, settings).catch(notSent);
    if (answer.done) {
      desk.remove(photo);
      desk.onQueued();
    } else {
      desk.update(photo, false, answer.errors.image ?? null);
    }
    return answer;
  }

  return { answer, sending, send };
}

/** No answer came at all: what the action itself refuses comes back as its answer. */
function notSent(error: unknown): FormState {
  unstable_rethrow(error);
  return { ...EMPTY_FORM, errors: { image: 'It could not be sent. Check the connection and try again.' } };
}
