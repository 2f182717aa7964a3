'use client';

import { type ComponentProps, useActionState } from 'react';
import { TextField } from '../ui/field.tsx';
import { FormProblem } from '../ui/form-problem.tsx';
import { EMPTY_FORM, type FormAction } from '../ui/form-state.ts';
import { SubmitButton } from '../ui/submit-button.tsx';
import { PassingNotice } from './passing-notice.tsx';

type FieldProps = Pick<
  ComponentProps<typeof TextField>,
  'name' | 'label' | 'hint' | 'type' | 'autoComplete' | 'minLength' | 'inputMode' | 'autoCapitalize'
>;

interface CredentialsFormProps {
  fields: readonly FieldProps[];
  action: FormAction;
  submitLabel: string;
  pendingLabel: string;
  /** What went well before, said until something goes wrong. */
  notice?: string;
}

/** A column of fields with one button: who you are, or who you want to be. Passwords are never given back. */
export function CredentialsForm({ fields, action, submitLabel, pendingLabel, notice }: CredentialsFormProps) {
  const [state, send] = useActionState(action, EMPTY_FORM);
  return (
    <form action={send} className="grid gap-5">
      <FormProblem state={state} />
      {notice && state === EMPTY_FORM && <PassingNotice title={notice} />}
      {fields.map((field) => (
        <TextField
          key={field.name}
          required
          {...field}
          error={state.errors[field.name]}
          defaultValue={field.type === 'password' ? undefined : state.values[field.name]}
        />
      ))}
      <SubmitButton pendingLabel={pendingLabel} className="min-h-11 w-full">
        {submitLabel}
      </SubmitButton>
    </form>
  );
}
