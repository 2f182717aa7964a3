/** What a form shows after it was sent: what was wrong with it, and what had been typed. */
export interface FormState {
  /** One sentence about the whole form. */
  message: string | null;
  /** What a person can do about it. */
  suggestion: string | null;
  /** A message for a field, by the field's name. */
  errors: Record<string, string>;
  values: Record<string, string>;
  done: boolean;
}

export const EMPTY_FORM: FormState = { message: null, suggestion: null, errors: {}, values: {}, done: false };

/** A server action behind a form. */
export type FormAction = (previous: FormState, data: FormData) => Promise<FormState>;
