'use client';

import { ParamField } from './param-field.tsx';
import type { PipelineForm } from './param-schema.ts';

interface ParamsFormProps {
  pipeline: PipelineForm;
  /** What was typed before, where the form came back, by field. */
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
}

/** A pipeline's parameters, each by its own name, drawn from the pipeline's declaration. */
export function ParamsForm({ pipeline, values, errors }: ParamsFormProps) {
  return Object.entries(pipeline.params).map(([name, schema]) => (
    <ParamField
      key={`${pipeline.id}-${name}`}
      name={name}
      schema={schema}
      required={pipeline.required.includes(name)}
      value={values[name]}
      error={errors[name]}
    />
  ));
}
