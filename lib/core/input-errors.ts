import type { z } from 'zod';
import type { FieldError } from './errors.ts';

/** What is wrong with an input, said of its fields. */
export function fieldErrorsOf({ issues }: z.ZodError): FieldError[] {
  return issues.map(({ path, code, message }) => ({ pointer: pointerTo(path), code, message }));
}

/** RFC 6901. */
function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
