'use client';

import { unstable_rethrow } from 'next/navigation';
import { useCallback, useState } from 'react';
import { EMPTY_FORM, type FormAction, type FormState } from './form-state.ts';

/**
 * For the small forms of a page that act on something: `answered` makes a form's action of a server action, after which
 * `onChanged` reads again what it changed; `answer` is what the latest of them was told.
 */
export function useAnswered(onChanged: () => void | Promise<void>) {
  const [answer, setAnswer] = useState(EMPTY_FORM);
  const answered = useCallback(
    (action: FormAction) => async (data: FormData) => {
      setAnswer(await action(EMPTY_FORM, data).catch(unanswered));
      await onChanged();
    },
    [onChanged],
  );
  return { answer, answered };
}

/**
 * No answer came at all, as when the server restarts or the network is gone: a refusal like any other, so that the page
 * and what lies on it stay. What Next throws to go to another page goes on.
 */
export function unanswered(error: unknown): FormState {
  unstable_rethrow(error);
  return {
    ...EMPTY_FORM,
    message: 'The server did not answer.',
    suggestion: 'It may be restarting, or the network is gone. Try again in a moment.',
  };
}
