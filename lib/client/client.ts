import { ADDRESSES, type Operations, type Problem } from './operations.ts';

/* A small typed client of the API, for programs in TypeScript: these two files, and nothing else of Multiplane's. */

/** Where a studio is, and who asks. */
export interface ClientOptions {
  /** Such as `https://studio.example`. */
  baseUrl: string;
  apiKey?: string;
}

/** What goes with a request of any kind. */
interface Extras {
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export type OperationId = keyof Operations;
export type Answer<Id extends OperationId> = Operations[Id]['answer'];
type Given<Id extends OperationId> = Omit<Operations[Id], 'answer'> & Extras;
/** What nothing has to be given to, may be called with nothing. */
type Arguments<Id extends OperationId> = Extras extends Given<Id> ? [given?: Given<Id>] : [given: Given<Id>];

export interface Client {
  /**
   * Carry out an operation, by its id in the OpenAPI document. Answers with what its JSON says, with nothing, or, where
   * it is a file or a stream, with the response. Throws ProblemError where it is refused.
   */
  call<Id extends OperationId>(id: Id, ...given: Arguments<Id>): Promise<Answer<Id>>;
}

/** Why a request was not carried out. Programs go by `problem.code`. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export function createClient({ baseUrl, apiKey }: ClientOptions): Client {
  return {
    async call<Id extends OperationId>(
      id: Id,
      ...[given = {}]: [given?: Partial<Loose>]
    ): Promise<Answer<Id>> {
      const { method, path, answer } = ADDRESSES[id];
      const { params = {}, query = {}, body, headers = {}, signal } = given;
      const sent = new Headers(headers);
      if (apiKey !== undefined) sent.set('X-API-Key', apiKey);
      const [type, content] = written(body);
      if (type !== null) sent.set('Content-Type', type);
      const address = `${baseUrl.replace(/\/$/, '')}${filled(path, params)}${searchOf(query)}`;
      const response = await fetch(address, { method, headers: sent, body: content, signal: signal ?? null });
      if (!response.ok) throw await refusal(response);
      return (await read(response, answer)) as Answer<Id>;
    },
  };
}

/** The same as `Given` of any operation. */
interface Loose extends Extras {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
}

function filled(path: string, params: Record<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(params[name]!));
}

function searchOf(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** A body that has files is a form; any other is JSON. A form says its own type. */
function written(body: Record<string, unknown> | undefined): [string | null, BodyInit | null] {
  if (body === undefined) return [null, null];
  const fields = Object.entries(body).flatMap(([name, value]) =>
    [value].flat().map((one): [string, unknown] => [name, one]),
  );
  if (!fields.some(([, value]) => value instanceof Blob)) return ['application/json', JSON.stringify(body)];
  const form = new FormData();
  for (const [name, value] of fields) {
    if (value !== undefined) form.append(name, value instanceof Blob ? value : String(value));
  }
  return [null, form];
}

async function read(response: Response, answer: 'json' | 'nothing' | 'response'): Promise<unknown> {
  if (answer === 'json') return response.json();
  if (answer === 'response') return response;
  await response.body?.cancel();
  return undefined;
}

async function refusal(response: Response): Promise<Error> {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json'))
    return new ProblemError((await response.json()) as Problem);
  await response.body?.cancel();
  return new Error(`The studio answered ${response.status}.`);
}
