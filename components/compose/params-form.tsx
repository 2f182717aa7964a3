'use client';

import type { FormState } from '../ui/form-state.ts';
import { ParamField } from './param-field.tsx';
import type { PipelineForm } from './param-schema.ts';

/** A pipeline's parameters, each by its own name, drawn from the pipeline's declaration. */
export function ParamsForm({ pipeline, state }: { pipeline: PipelineForm; state: FormState }) {
  return Object.entries(pipeline.params).map(([name, schema]) => (
    <ParamField
      key={`${pipeline.id}-${name}`}
      name={name}
      schema={schema}
      required={pipeline.required.includes(name)}
      value={state.values[name]}
      error={state.errors[name]}
    />
  ));
}
