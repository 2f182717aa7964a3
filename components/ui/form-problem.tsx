import type { FormState } from './form-state.ts';
import { Notice } from './notice.tsx';

/** What a form as a whole was refused for, if anything. */
export function FormProblem({ state }: { state: FormState }) {
  if (state.message === null) return null;
  return (
    <Notice tone="danger" title={state.message}>
      {state.suggestion}
    </Notice>
  );
}
