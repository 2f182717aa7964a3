'use client';

import { type FormEvent, useActionState, useEffect, useState } from 'react';
import { FormProblem } from '../ui/form-problem.tsx';
import { EMPTY_FORM, type FormAction, type FormState } from '../ui/form-state.ts';
import { PegBar } from '../ui/peg-bar.tsx';
import { ImproveButtons, type ImprovePrompt } from './improve-prompt.tsx';
import { AUTO } from './model-choice.ts';
import { type PhotoRules, type PipelineForm, PROMPT } from './param-schema.ts';
import type { OpenBatch } from './photo-sender.ts';
import { PictureDesks } from './picture-desks.tsx';
import { PipelineChoice } from './pipeline-choice.tsx';
import { sendPhotos } from './send-photos.ts';
import { SendRow } from './send-row.tsx';
import { Settings } from './settings.tsx';
import { useChoice } from './use-choice.ts';
import { useDesk } from './use-desk.ts';
import { useFormSender } from './use-form-sender.ts';
import { WordsDesk } from './words-desk.tsx';

interface ComposeFormProps {
  pipelines: readonly PipelineForm[];
  rules: PhotoRules;
  /** Enqueues the photos of one form, or what it asks for without any. */
  submit: FormAction;
  /** Opens a batch for photos that are sent together. */
  openBatch: OpenBatch;
  improve: ImprovePrompt;
  onQueued: () => void;
}

/** Photos or words, and parameters in; a job for each photo out, or one for the words. */
export function ComposeForm({ pipelines, rules, submit, openBatch, improve, onQueued }: ComposeFormProps) {
  const { desk, photos, endPhoto, ...sent } = useDesk();
  const [posted, post, posting] = useActionState(submit, EMPTY_FORM);
  const [words, write] = useState(posted.values[PROMPT] ?? '');
  const given = { hasEnd: endPhoto !== null, hasPrompt: words.trim() !== '' };
  const choice = useChoice(pipelines, given);
  const wordsSent = useFormSender(submit, onQueued);
  const [batchId, setBatchId] = useState<string | null>(null);
  useEffect(() => {
    if (posted.done) onQueued();
  }, [posted, onQueued]);

  const { pipeline } = choice;
  const { photoField } = pipeline;
  const laid = photoField === null ? [] : photos;
  const answer = photoField === null ? wordsSent.answer : posted;
  const errors = laid.length > 0 ? sent.errors : answer.errors;
  const { [PROMPT]: prompt, ...params } = choice.params;

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    setBatchId(null);
    // Without a photo on the desk the form goes as it is, if its own input allows.
    if (photoField !== null && photos.length === 0) return;
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (photoField === null) return wordsSent.send(form);
    const fields = { photo: photoField, endPhoto: pipeline.endPhoto?.name ?? null };
    sendPhotos(desk, form, { fields, submit, openBatch, onOpened: setBatchId, onQueued });
  }

  return (
    <form
      action={post}
      onSubmit={onSubmit}
      className="sheet grid gap-5 self-start p-3 pt-4 sm:p-5 sm:pt-4"
      aria-label="New job"
    >
      <PegBar className="mx-auto h-2 text-line-strong/50" />
      <h1 className="sr-only">Studio</h1>
      {prompt && photoField === null && (
        <WordsDesk
          name={PROMPT}
          schema={prompt}
          value={words}
          error={errors[PROMPT]}
          photos={photos.length}
          onWrite={write}
        >
          <ImproveButtons
            words={words}
            pipeline={pipeline.id}
            model={choice.modelId}
            improve={improve}
            onWrite={write}
          />
        </WordsDesk>
      )}
      {photoField !== null && (
        <PictureDesks
          pipeline={pipeline}
          photoField={photoField}
          photos={photos}
          endPhoto={endPhoto}
          model={choice.modelId === AUTO ? undefined : choice.model}
          rules={rules}
          desk={desk}
        />
      )}
      <PostedProblem state={answer} pipeline={pipeline} />
      <div className="grid gap-7 px-1 pb-1">
        <PipelineChoice pipelines={pipelines} chosen={pipeline} onChoose={choice.choosePipeline} />
        <Settings
          choice={choice}
          params={photoField === null ? params : choice.params}
          words={words}
          onWrite={write}
          values={answer.values}
          errors={errors}
        />
        <SendRow
          verb={pipeline.verb}
          photos={laid.length}
          sending={sent.sending || wordsSent.sending || posting}
          queued={(sent.queued || answer.done) && laid.length === 0}
          batchId={batchId}
        />
      </div>
    </form>
  );
}

/** For a form that was sent without scripts; with them, what is said of a picture stands on it. */
function PostedProblem({ state, pipeline }: { state: FormState; pipeline: PipelineForm }) {
  const { photoField, endPhoto } = pipeline;
  const aboutPhoto = state.errors[photoField ?? ''] ?? state.errors[endPhoto?.name ?? ''];
  return <FormProblem state={aboutPhoto ? { ...state, message: aboutPhoto } : state} />;
}
