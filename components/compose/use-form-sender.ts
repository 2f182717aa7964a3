'use client';

import { useState, useTransition } from 'react';
import { EMPTY_FORM, type FormAction } from '../ui/form-state.ts';
import { unanswered } from '../ui/use-answered.ts';

/** Sends a form that is about no picture; unlike the form's own action this leaves in it what was typed. */
export function useFormSender(submit: FormAction, onQueued: () => void) {
  const [answer, setAnswer] = useState(EMPTY_FORM);
  const [sending, start] = useTransition();
  const send = (form: FormData) =>
    start(async () => {
      setAnswer(EMPTY_FORM);
      const next = await submit(EMPTY_FORM, form).catch(unanswered);
      setAnswer(next);
      if (next.done) onQueued();
    });
  return { answer, sending, send };
}
