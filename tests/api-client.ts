import { createApiKey } from '#lib/auth/api-keys';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { makeUser, NOW } from '#tests/factories';

type Handler<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>;

/** What a request was refused for: the pointer and code of each field. */
export async function refusedFields(answer: Response): Promise<string[]> {
  const { errors = [] } = (await answer.json()) as { errors?: { pointer: string; code: string }[] };
  return errors.map(({ pointer, code }) => `${pointer} ${code}`);
}

/** Somebody with an API key who calls route handlers without a server between. */
export class ApiClient {
  readonly actor: Actor;
  readonly #key: string;

  private constructor(actor: Actor, key: string) {
    this.actor = actor;
    this.#key = key;
  }

  static async create(db: Database, role?: Actor['role']): Promise<ApiClient> {
    const actor = await makeUser(db, role);
    const { key } = await createApiKey(db, actor.userId, 'tests', NOW);
    return new ApiClient(actor, key);
  }

  /** `query` is what follows the `?`, if anything. */
  call<P extends object>(
    handler: Handler<P>,
    { params, query, ...init }: RequestInit & { params?: P; query?: string } = {},
  ): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('X-API-Key', this.#key);
    const request = new Request(`http://studio.test/api/v1/x?${query ?? ''}`, { ...init, headers });
    return handler(request, { params: Promise.resolve(params ?? ({} as P)) });
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
