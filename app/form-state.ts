import { unstable_rethrow } from 'next/navigation';
import { webLog } from '#lib/config/web-log';
import { type AppError, type FieldError, toAppError } from '#lib/core/errors';
import { EMPTY_FORM, type FormState } from '#components/ui/form-state.ts';

/** Never given back to the page. */
const SECRET_FIELD = /password/;

/** Do what a form asks for and say how it went: done, or what is wrong with which field, with the values kept. */
export async function answerForm(data: FormData, act: () => Promise<void>): Promise<FormState> {
  try {
    await act();
    return { ...EMPTY_FORM, done: true };
  } catch (thrown) {
    unstable_rethrow(thrown);
    const error = toAppError(thrown);
    if (error.status >= 500) webLog().error({ err: error }, error.message);
    return { ...refusedForm(error, data), values: keptValues(data) };
  }
}

/** What is said of a field stands beside it; what is said of none, or of one the form does not have, above them. */
function refusedForm(error: AppError, data: FormData): FormState {
  const known = error.fields.filter((field) => data.has(nameOf(field)));
  const errors = Object.fromEntries(known.map((field) => [nameOf(field), field.message]));
  const allKnown = known.length > 0 && known.length === error.fields.length;
  if (!allKnown)
    return { ...EMPTY_FORM, errors, message: error.message, suggestion: error.suggestion ?? null };
  const [only] = known;
  if (known.length === 1 && error.suggestion) errors[nameOf(only!)] = `${only!.message} ${error.suggestion}`;
  return { ...EMPTY_FORM, errors };
}

function nameOf({ pointer }: FieldError): string {
  return pointer.slice(1);
}

function keptValues(data: FormData): Record<string, string> {
  const kept = [...data].filter(([name, value]) => typeof value === 'string' && !SECRET_FIELD.test(name));
  return Object.fromEntries(kept) as Record<string, string>;
}
