'use client';

import { ModelField } from './model-field.tsx';
import { ParamField } from './param-field.tsx';
import { isLongText, type ParamSchema, PROMPT } from './param-schema.ts';
import type { Choice } from './use-choice.ts';

interface SettingsProps {
  choice: Choice;
  /** The parameters there is something to be said of here, by name. */
  params: Readonly<Record<string, ParamSchema>>;
  /** What is written as the prompt. */
  words: string;
  onWrite: (words: string) => void;
  /** What was typed before, where the form came back, by field. */
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
}

/** What is said beside the pictures: texts, the model, and the parameters that it makes use of, each by its own name. */
export function Settings({ choice, params, words, onWrite, values, errors }: SettingsProps) {
  const { pipeline } = choice;
  const fieldFor = ([name, schema]: [string, ParamSchema]) => (
    <ParamField
      key={`${pipeline.id}-${name}`}
      name={name}
      schema={schema}
      required={pipeline.required.includes(name)}
      error={errors[name]}
      {...(name === PROMPT ? { value: words, onWrite } : { value: values[name] })}
    />
  );
  const all = Object.entries(params);
  return (
    <div className="grid items-start gap-x-8 gap-y-6 sm:grid-cols-2 xl:grid-cols-3">
      {all.filter(([, schema]) => isLongText(schema)).map(fieldFor)}
      {pipeline.models.options.length > 1 && <ModelField choice={choice} error={errors['model']} />}
      {all.filter(([, schema]) => !isLongText(schema)).map(fieldFor)}
    </div>
  );
}
