'use client';

import Link from 'next/link';
import { type FormEvent, useActionState, useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { FormProblem } from '../ui/form-problem.tsx';
import { EMPTY_FORM, type FormAction, type FormState } from '../ui/form-state.ts';
import { PegBar } from '../ui/peg-bar.tsx';
import type { Desk, DeskFields } from './desk.ts';
import { EndDesk } from './end-desk.tsx';
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
  const { desk, photos, endPhoto, sending, errors, queued } = useDesk();
  const [chosenId, choose] = useState(pipelines[0]!.id);
  const chosen = pipelines.find((pipeline) => pipeline.id === chosenId)!;
  const fields = { photo: chosen.photoField, endPhoto: chosen.endPhoto?.name ?? null };
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
        sendPhotos(event, desk, { fields, submit, openBatch, onOpened: setBatchId, onQueued });
      }}
      className="sheet grid gap-5 self-start p-3 pt-4 sm:p-5 sm:pt-4"
      aria-label="New job"
    >
      <PegBar className="mx-auto h-2 text-line-strong/50" />
      <h1 className="sr-only">Studio</h1>
      <div className={chosen.endPhoto ? 'grid gap-3 md:grid-cols-[minmax(0,5fr)_minmax(14rem,2fr)]' : 'grid'}>
        <PhotoDesk
          photos={photos}
          field={fields.photo}
          required={chosen.photoRequired}
          rules={rules}
          onAdd={desk.lay}
          onRemove={desk.takeOff}
        />
        {chosen.endPhoto && (
          <EndDesk
            photo={endPhoto}
            field={chosen.endPhoto}
            types={rules.types}
            onLay={desk.layEnd}
            onRemove={desk.takeOffEnd}
          />
        )}
      </div>
      <PostedProblem state={posted} fields={fields} />
      <div className="grid gap-7 px-1 pb-1">
        <PipelineChoice pipelines={pipelines} chosen={chosen} onChoose={choose} />
        <div className="grid items-start gap-x-8 gap-y-6 sm:grid-cols-2 xl:grid-cols-3">
          <ParamsForm
            pipeline={chosen}
            values={posted.values}
            errors={photos.length > 0 ? errors : posted.errors}
          />
        </div>
        <div className="flex flex-wrap items-center justify-end gap-x-5 gap-y-2">
          <p role="status" className="text-small text-soft">
            {(queued || posted.done) && photos.length === 0 && <QueuedNote batchId={batchId} />}
          </p>
          <Button
            type="submit"
            look="primary"
            disabled={sending || posting}
            className="min-h-11 min-w-36 max-sm:w-full"
          >
            {submitLabel(chosen, photos.length, sending || posting)}
          </Button>
        </div>
      </div>
    </form>
  );
}

interface Sending extends Pick<ComposeFormProps, 'submit' | 'openBatch' | 'onQueued'> {
  fields: DeskFields;
  onOpened: (batchId: string) => void;
}

/** Send the photos on the desk with the form's settings. Without any, the form goes as it is, if its own input allows. */
function sendPhotos(
  event: FormEvent<HTMLFormElement>,
  desk: Desk,
  { fields, onQueued, ...act }: Sending,
): void {
  const { photos, endPhoto } = desk.view();
  if (photos.length === 0) return;
  event.preventDefault();
  const form = new FormData(event.currentTarget);
  const ending = fields.endPhoto && endPhoto;
  if (ending) form.set(fields.endPhoto!, endPhoto.file);
  // A batch has one picture for each of its jobs.
  const together = photos.length > 1 && !ending;
  const send = together ? batchSender(form, fields.photo, act) : photoSender(form, fields.photo, act.submit);
  // All that is thrown is Next's way of leaving for another page.
  desk.send(fields, send, onQueued).catch(() => undefined);
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

/** For a form that was sent without scripts; with them, what is said of a picture stands on it. */
function PostedProblem({ state, fields }: { state: FormState; fields: DeskFields }) {
  const aboutPhoto = state.errors[fields.photo] ?? state.errors[fields.endPhoto ?? ''];
  return <FormProblem state={aboutPhoto ? { ...state, message: aboutPhoto } : state} />;
}
