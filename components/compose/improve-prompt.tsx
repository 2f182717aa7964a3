'use client';

import { useState, useTransition } from 'react';
import { Button } from '../ui/button.tsx';
import { EMPTY_FORM, type FormState } from '../ui/form-state.ts';
import { unanswered } from '../ui/use-answered.ts';

/** What came of asking for a better prompt: the prompt, and what should be known of it, or what was wrong. */
export interface ImprovedPrompt extends FormState {
  improved: { prompt: string; warnings: readonly string[] } | null;
}

/** Makes the prompt of a form better, for its pipeline and its model. */
export type ImprovePrompt = (data: FormData) => Promise<ImprovedPrompt>;

interface ImproveProps {
  words: string;
  pipeline: string;
  model: string;
  improve: ImprovePrompt;
  onWrite: (words: string) => void;
}

/** Has the words that were written completed, each time in another way, and gives them back as they were. */
export function ImproveButtons({ words, pipeline, model, improve, onWrite }: ImproveProps) {
  const [change, setChange] = useState<{ from: string; to: string } | null>(null);
  const [answer, setAnswer] = useState<FormState>(EMPTY_FORM);
  const [warnings, setWarnings] = useState<readonly string[]>([]);
  const [working, start] = useTransition();
  const original = change?.to === words ? change.from : words;

  function show(next: FormState, from: string, improved: ImprovedPrompt['improved']) {
    setAnswer(next);
    setWarnings(improved?.warnings ?? []);
    if (!improved) return;
    setChange({ from, to: improved.prompt });
    onWrite(improved.prompt);
  }

  const ask = () =>
    start(async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ prompt: original, pipeline, model }))
        form.set(name, value);
      const next = await improve(form).catch((error: unknown) => ({ ...unanswered(error), improved: null }));
      show(next, original, next.improved);
    });

  function undo() {
    onWrite(change!.from);
    setChange(null);
    setWarnings([]);
  }

  const remarks = [answer.message, answer.suggestion, ...Object.values(answer.errors), ...warnings];
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-1 gap-y-2">
      <p role="status" className="min-w-0 grow basis-60 text-small text-soft">
        {remarks.filter(Boolean).join(' ')}
      </p>
      {change?.to === words && (
        <Button look="quiet" onClick={undo} className="min-h-9 px-3 text-small">
          Undo
        </Button>
      )}
      <Button
        look="quiet"
        onClick={ask}
        disabled={working || words.trim().length < 3}
        className="min-h-9 px-3 text-small"
      >
        {working ? 'Improving…' : 'Improve'}
      </Button>
    </div>
  );
}
