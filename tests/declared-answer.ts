import { expect } from 'vitest';
import type { Operation } from '#lib/api/operation';
import { problemsOf } from '#lib/api/openapi/problems';
import { problemSchema } from '#lib/api/resources/problem';

/** Hold an answer against what its operation declares: status, type and body. Leaves the body to be read. */
export async function expectDeclared(operation: Operation, answer: Response): Promise<void> {
  const type = answer.headers.get('content-type')?.split(';')[0];
  if (type === 'application/problem+json') return expectDeclaredProblem(operation, answer);
  const declared = operation.answers[answer.status];
  expect(declared, `${operation.id} answers ${answer.status}`).toBeDefined();
  const { schema, contentTypes } = declared!;
  if (contentTypes && !contentTypes.includes('*/*')) expect(contentTypes).toContain(type);
  if (!schema) return;
  const body: unknown = await answer.clone().json();
  // What the schema does not have, it would leave out.
  expect(schema.parse(body)).toEqual(body);
}

async function expectDeclaredProblem(operation: Operation, answer: Response): Promise<void> {
  const body: unknown = await answer.clone().json();
  const { code, ...rest } = problemSchema.parse(body);
  expect({ code, ...rest }).toEqual(body);
  expect(problemsOf(operation).get(answer.status), `${operation.id} answers ${answer.status}`).toContain(
    code,
  );
}
