'use client';

import type { ChangeEvent } from 'react';
import { Field, descriptionOf, FieldNotes, INPUT_SHAPE, TextArea, TextField } from '../ui/field.tsx';
import { RangeField } from '../ui/range-field.tsx';
import {
  fitsSlider,
  hintOf,
  isLongText,
  labelOf,
  optionLabel,
  type ParamSchema,
  stepOf,
} from './param-schema.ts';

const SWITCH_POSITIONS = [
  { value: 'true', word: 'Yes' },
  { value: 'false', word: 'No' },
];

interface ParamFieldProps {
  name: string;
  schema: ParamSchema;
  required: boolean;
  /** What was typed before, where the form came back. */
  value: string | undefined;
  error: string | undefined;
  /** Takes each change of a text, where somebody else keeps it; `value` is then what it is now. */
  onWrite?: (text: string) => void;
}

/** The control that fits a parameter's schema. */
export function ParamField(props: ParamFieldProps) {
  const { schema } = props;
  if (schema.enum) return <ChoiceField {...props} />;
  if (schema.type === 'boolean') return <SwitchField {...props} />;
  if (schema.type === 'integer' || schema.type === 'number') return <NumberField {...props} />;
  return <WordsField {...props} />;
}

function common({ name, schema, error, value }: ParamFieldProps) {
  const fallback = schema.default === undefined ? '' : String(schema.default);
  return { name, label: labelOf(name, schema), hint: hintOf(schema), error, initial: value ?? fallback };
}

function NumberField(props: ParamFieldProps) {
  const { initial, ...field } = common(props);
  const { minimum, maximum, step, usual } = props.schema;
  const isWhole = props.schema.type === 'integer';
  if (!fitsSlider(props.schema)) {
    return (
      <TextField
        {...field}
        type="number"
        inputMode={isWhole ? 'numeric' : 'decimal'}
        step={step ?? (isWhole ? 1 : 'any')}
        min={minimum}
        max={maximum}
        required={props.required}
        placeholder={usual?.toString()}
        defaultValue={initial}
      />
    );
  }
  const [min, max] = [minimum!, maximum!];
  const value = initial === '' ? min : Number(initial);
  return <RangeField {...field} min={min} max={max} step={stepOf(props.schema)} defaultValue={value} />;
}

function WordsField(props: ParamFieldProps) {
  const { initial, ...field } = common(props);
  const { minLength, maxLength } = props.schema;
  const rules = { minLength, maxLength, required: props.required, placeholder: props.schema.examples?.[0] };
  const content = contentOf(props, initial);
  const text = { ...field, ...rules, ...content };
  return isLongText(props.schema) ? <TextArea {...text} /> : <TextField {...text} type="text" />;
}

function contentOf({ value = '', onWrite }: ParamFieldProps, initial: string) {
  if (!onWrite) return { defaultValue: initial };
  type Writing = ChangeEvent<HTMLInputElement | HTMLTextAreaElement>;
  return { value, onChange: ({ target }: Writing) => onWrite(target.value) };
}

function ChoiceField(props: ParamFieldProps) {
  const { initial, name, label, hint, error } = common(props);
  const { enum: options, usual, default: fallback } = props.schema;
  return (
    <Field id={name} label={label} hint={hint} error={error}>
      <select
        id={name}
        name={name}
        defaultValue={initial}
        aria-invalid={error ? true : undefined}
        aria-describedby={descriptionOf(name, { hint, error })}
        className={INPUT_SHAPE}
      >
        {fallback === undefined && (
          <option value="">
            {usual === undefined ? 'Not named' : `${optionLabel(props.schema, usual)}, as usual`}
          </option>
        )}
        {options!.map((option) => (
          <option key={option} value={option}>
            {optionLabel(props.schema, option)}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Two radio buttons, since a box that is not ticked would send nothing at all. */
function SwitchField(props: ParamFieldProps) {
  const { initial, name, label, hint, error } = common(props);
  return (
    <fieldset className="grid content-start gap-1.5" aria-describedby={descriptionOf(name, { hint, error })}>
      <legend className="mb-1.5 text-small font-medium">{label}</legend>
      <div className="flex gap-6">
        {SWITCH_POSITIONS.map(({ value, word }) => (
          <label key={value} className="flex min-h-10 items-center gap-2">
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={initial === value}
              className="size-4"
            />
            {word}
          </label>
        ))}
      </div>
      <FieldNotes id={name} hint={hint} error={error} />
    </fieldset>
  );
}
