'use client';

import Link from 'next/link';
import { type FormEvent, useActionState, useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { FormProblem } from '../ui/form-problem.tsx';
import { EMPTY_FORM, type FormAction, type FormState } from '../ui/form-state.ts';
import { PegBar } from '../ui/peg-bar.tsx';
import type { Desk } from './desk.ts';
import type { PhotoRules, PipelineForm } from './param-schema.ts';
import { ParamsForm } from './params-form.tsx';
import { PhotoDesk } from './photo-desk.tsx';
import { batchSender, type OpenBatch, photoSender } from './photo-sender.ts';
import { PipelineChoice } from './pipeline-choice.tsx';
import { useDesk } from './use-desk.ts';

interface ComposeFormProps {
  pipelines: readonly PipelineForm[];
  rules: PhotoRules;
  /** Enqueues the photos of one form. */
  submit: FormAction;
  /** Opens a batch for photos that are sent together. */
  openBatch: OpenBatch;
  onQueued: () => void;
}

/** Photos and parameters in, one job for each photo out. */
export function ComposeForm({ pipelines, rules, submit, openBatch, onQueued }: ComposeFormProps) {
  const { desk, photos, sending, errors, queued } = useDesk();
  const [chosenId, choose] = useState(pipelines[0]!.id);
  const chosen = pipelines.find((pipeline) => pipeline.id === chosenId)!;
  const field = chosen.photoField;
  const [posted, post, posting] = useActionState(submit, EMPTY_FORM);
  const [batchId, setBatchId] = useState<string | null>(null);
  useEffect(() => {
    if (posted.done) onQueued();
  }, [posted, onQueued]);

  return (
    <form
      action={post}
      onSubmit={(event) => {
        setBatchId(null);
        sendPhotos(event, desk, { field, submit, openBatch, onOpened: setBatchId, onQueued });
      }}
      className="sheet grid gap-5 self-start p-3 pt-4 sm:p-5 sm:pt-4"
      aria-label="New job"
    >
      <PegBar className="mx-auto h-2 text-line-strong/50" />
      <h1 className="sr-only">Studio</h1>
      <PhotoDesk
        photos={photos}
        field={field}
        required={chosen.photoRequired}
        rules={rules}
        onAdd={desk.lay}
        onRemove={desk.takeOff}
      />
      <PostedProblem state={posted} field={field} />
      <div className="grid gap-6 px-1 pb-1 md:grid-cols-[minmax(0,5fr)_minmax(0,5fr)_auto] md:items-start md:gap-8">
        <PipelineChoice pipelines={pipelines} chosen={chosen} onChoose={choose} />
        <div className="grid gap-5">
          <ParamsForm
            pipeline={chosen}
            values={posted.values}
            errors={photos.length > 0 ? errors : posted.errors}
          />
        </div>
        <div className="grid gap-2 text-center md:mt-6">
          <Button type="submit" look="primary" disabled={sending || posting} className="min-h-11">
            {submitLabel(chosen, photos.length, sending || posting)}
          </Button>
          <p role="status" className="text-small text-soft">
            {(queued || posted.done) && photos.length === 0 && <QueuedNote batchId={batchId} />}
          </p>
        </div>
      </div>
    </form>
  );
}

interface Sending extends Pick<ComposeFormProps, 'submit' | 'openBatch' | 'onQueued'> {
  field: string;
  onOpened: (batchId: string) => void;
}

/** Send the photos on the desk with the form's settings. Without any, the form goes as it is, if its own input allows. */
function sendPhotos(
  event: FormEvent<HTMLFormElement>,
  desk: Desk,
  { field, onQueued, ...act }: Sending,
): void {
  const { photos } = desk.view();
  if (photos.length === 0) return;
  event.preventDefault();
  const form = new FormData(event.currentTarget);
  const send = photos.length > 1 ? batchSender(form, field, act) : photoSender(form, field, act.submit);
  // All that is thrown is Next's way of leaving for another page.
  desk.send(field, send, onQueued).catch(() => undefined);
}

function submitLabel({ verb }: PipelineForm, photos: number, sending: boolean): string {
  if (sending) return 'Sending';
  return photos > 1 ? `Queue ${photos} jobs` : verb;
}

/** Several photos have a page together; on a phone the queue is further down. */
function QueuedNote({ batchId }: { batchId: string | null }) {
  const look = 'text-accent underline underline-offset-4';
  return (
    <>
      Queued.{' '}
      {batchId ? (
        <Link href={`/batches/${batchId}`} className={look}>
          See the batch
        </Link>
      ) : (
        <a href="#queue-heading" className={`${look} lg:hidden`}>
          See it run
        </a>
      )}
    </>
  );
}

/** For a form that was sent without scripts; with them, what is said of a photo stands on that photo. */
function PostedProblem({ state, field }: { state: FormState; field: string }) {
  const aboutPhoto = state.errors[field];
  return <FormProblem state={aboutPhoto ? { ...state, message: aboutPhoto } : state} />;
}
