'use client';

import { classNames } from '../ui/class-names.ts';
import { Field, descriptionOf, INPUT_SHAPE } from '../ui/field.tsx';
import { AUTO, type ModelOption } from './model-choice.ts';
import type { Choice } from './use-choice.ts';

/** Which model does it; those that cannot be run here say why, and beside them, what could be done about that. */
export function ModelField({ choice, error }: { choice: Choice; error: string | undefined }) {
  const { pipeline, model, automatic, modelId, chooseModel } = choice;
  const { options } = pipeline.models;
  const usable = options.filter(({ obstacle }) => obstacle === null);
  const barred = options.filter(({ obstacle }) => obstacle !== null);
  const lack = model?.toFetch ? null : pipeline.lack;
  const notes = { hint: hintOf(model), error };
  const hasAside = lack !== null || barred.length > 0;
  return (
    <div
      className={classNames(
        'grid items-start gap-x-8 gap-y-2 sm:grid-cols-subgrid',
        hasAside && 'col-span-full',
      )}
    >
      <Field id="model" label="Model" {...notes}>
        <select
          id="model"
          name="model"
          value={modelId}
          onChange={(event) => chooseModel(event.target.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={descriptionOf('model', notes)}
          className={INPUT_SHAPE}
        >
          <option value={AUTO}>{automatic ? `Automatic: ${automatic.title}` : 'Automatic'}</option>
          {[...usable, ...barred].map((option) => (
            <option key={option.id} value={option.id} disabled={option.obstacle !== null}>
              {wordsFor(option)}
            </option>
          ))}
        </select>
      </Field>
      {hasAside && (
        <div className="grid gap-2 text-small text-soft sm:pt-9 xl:col-span-2">
          {lack && <p className="break-words">{lack}</p>}
          {barred.length > 0 && <BarredModels models={barred} />}
        </div>
      )}
    </div>
  );
}

function wordsFor({ title, obstacle, toFetch }: ModelOption): string {
  if (obstacle) return obstacle.message;
  return toFetch ? `${title}, ${toFetch} to fetch` : title;
}

function hintOf(model: ModelOption | undefined): string {
  if (!model) return 'None of them is on this machine yet.';
  if (model.obstacle) return model.obstacle.message;
  if (model.toFetch) return `${model.title} is fetched when a job first needs it: ${model.toFetch}.`;
  return 'What does the main part of the work.';
}

function BarredModels({ models }: { models: readonly ModelOption[] }) {
  return (
    <details>
      <summary className="w-fit underline-offset-4 hover:underline">
        {models.length === 1 ? 'One model' : `${models.length} models`} cannot run here
      </summary>
      <ul className="mt-2 grid gap-2 border-l border-line pl-4">
        {models.map(({ id, obstacle }) => (
          <li key={id} className="break-words">
            <span className="text-ink">{obstacle!.message}</span> {obstacle!.suggestion}
          </li>
        ))}
      </ul>
    </details>
  );
}
