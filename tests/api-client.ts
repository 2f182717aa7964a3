import type { Operation } from '#lib/api/operation';
import { createApiKey } from '#lib/auth/api-keys';
import { inPerson } from '#lib/auth/caller';
import { SCOPES } from '#lib/auth/scopes';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { expectDeclared } from '#tests/declared-answer';
import { makeUser, NOW } from '#tests/factories';

type Handler<P> = ((request: Request, context: { params: Promise<P> }) => Promise<Response>) & {
  operation?: Operation;
};

/** What a request was refused for: the pointer and code of each field. */
export async function refusedFields(answer: Response): Promise<string[]> {
  const { errors = [] } = (await answer.json()) as { errors?: { pointer: string; code: string }[] };
  return errors.map(({ pointer, code }) => `${pointer} ${code}`);
}

/** Somebody with an API key who calls route handlers without a server between. Each answer has to be as it is declared. */
export class ApiClient {
  readonly actor: Actor;
  readonly #key: string;

  private constructor(actor: Actor, key: string) {
    this.actor = actor;
    this.#key = key;
  }

  static async create(db: Database, role?: Actor['role']): Promise<ApiClient> {
    const actor = await makeUser(db, role);
    const { key } = await createApiKey(db, inPerson(actor), { name: 'tests', scopes: [...SCOPES] }, NOW);
    return new ApiClient(actor, key);
  }

  /** `query` is what follows the `?`, if anything. */
  async call<P extends object>(
    handler: Handler<P>,
    { params, query, ...init }: RequestInit & { params?: P; query?: string } = {},
  ): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('X-API-Key', this.#key);
    const request = new Request(`http://studio.test/api/v1/x?${query ?? ''}`, { ...init, headers });
    const answer = await handler(request, { params: Promise.resolve(params ?? ({} as P)) });
    if (handler.operation) await expectDeclared(handler.operation, answer);
    return answer;
  }

  /** POST a form; values that are bytes go as files of that type. */
  post<P extends object>(
    handler: Handler<P>,
    fields: [string, string | Blob][],
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    return this.call(handler, { method: 'POST', body, headers });
  }

  postJson<P extends object>(
    handler: Handler<P>,
    value: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = JSON.stringify(value);
    return this.call(handler, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body,
    });
  }
}
