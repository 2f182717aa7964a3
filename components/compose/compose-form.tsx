'use client';

import { useActionState, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { EMPTY_FORM, type FormAction } from '../ui/form-state.ts';
import { Notice } from '../ui/notice.tsx';
import { PegBar } from '../ui/peg-bar.tsx';
import type { PipelineForm } from './param-schema.ts';
import { ParamsForm } from './params-form.tsx';
import { PhotoDesk } from './photo-desk.tsx';
import { PipelineChoice } from './pipeline-choice.tsx';
import { usePhotos } from './use-photos.ts';
import { useSending } from './use-sending.ts';

interface ComposeFormProps {
  pipelines: readonly PipelineForm[];
  limits: string;
  /** Enqueues the photos of one form. */
  submit: FormAction;
  onQueued: () => void;
}

/** Photos and parameters in, one job for each photo out. */
export function ComposeForm({ pipelines, limits, submit, onQueued }: ComposeFormProps) {
  const { photos, add, remove, update } = usePhotos();
  const [chosenId, choose] = useState(pipelines[0]!.id);
  const chosen = pipelines.find((pipeline) => pipeline.id === chosenId)!;
  const [posted, post] = useActionState(submit, EMPTY_FORM);
  const { answer, sending, send } = useSending(submit, { photos, remove, update, onQueued });
  const state = answer ?? posted;

  return (
    <form
      action={post}
      onSubmit={send}
      className="sheet grid gap-5 self-start p-3 pt-4 sm:p-5 sm:pt-4"
      aria-label="New job"
    >
      <PegBar className="mx-auto h-2 text-line-strong/50" />
      <h1 className="sr-only">Studio</h1>
      <PhotoDesk photos={photos} limits={limits} onAdd={add} onRemove={remove} />
      <FormProblem message={state.message ?? (answer ? null : state.errors.image)} hint={state.suggestion} />
      <div className="grid gap-6 px-1 pb-1 md:grid-cols-[minmax(0,5fr)_minmax(0,5fr)_auto] md:items-start md:gap-8">
        <PipelineChoice pipelines={pipelines} chosen={chosen} onChoose={choose} />
        <div className="grid gap-5">
          <ParamsForm pipeline={chosen} state={state} />
        </div>
        <div className="grid gap-2 text-center md:mt-6">
          <Button type="submit" look="primary" disabled={sending} className="min-h-11">
            {submitLabel(photos.length, sending)}
          </Button>
          <p role="status" className="text-small text-soft">
            {state.done && photos.length === 0 && <QueuedNote />}
          </p>
        </div>
      </div>
    </form>
  );
}

function submitLabel(photos: number, sending: boolean): string {
  if (sending) return 'Sending';
  return photos > 1 ? `Queue ${photos} jobs` : 'Make layers';
}

/** On a phone the queue is further down. */
function QueuedNote() {
  return (
    <>
      Queued.{' '}
      <a href="#queue-heading" className="text-accent underline underline-offset-4 lg:hidden">
        See it run
      </a>
    </>
  );
}

/** What is said of one photo stands on that photo, once there are scripts to lay it out. */
function FormProblem({ message, hint }: { message: string | null | undefined; hint: string | null }) {
  if (!message) return null;
  return (
    <Notice tone="danger" title={message}>
      {hint}
    </Notice>
  );
}
