import { z } from 'zod';
import type { Scope } from '#lib/auth/scopes';
import type { ErrorCode } from '#lib/core/errors';
import { isId } from '#lib/core/ids';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

/** Who may ask: anybody, who is signed in at the dashboard, or also who holds a key with the scope. */
export type Access = 'public' | 'session' | Scope;

/** What a request is counted against. */
export type Budget = 'none' | 'read' | 'write' | 'enhance';

/** The chapters of the reference. */
export type Chapter =
  | 'Jobs'
  | 'Uploads'
  | 'Queue'
  | 'Batches'
  | 'Models'
  | 'Prompts'
  | 'API keys'
  | 'Webhooks'
  | 'Usage'
  | 'Operation';

/** What is sent back under a status. A schema is of JSON; other types are only named. */
export interface Answer {
  description: string;
  schema?: z.ZodType;
  /** `application/json` where there is a schema. */
  contentTypes?: readonly string[];
  /** What each header says, by name. */
  headers?: Readonly<Record<string, string>>;
}

/**
 * What is sent in: JSON, checked before the handler is asked, or a submission, which is read and checked as it comes. Its
 * schemas hang on the settings; where it can be written without a file, as JSON or as a short form, it has `fields`.
 */
export type Body =
  | { kind: 'json'; schema: z.ZodType; required?: boolean }
  | { kind: 'submission'; multipart(): z.ZodType; fields?(): z.ZodType };

/**
 * One verb of one address, declared once: who may ask, what may be asked, what is answered. The checks in front of its
 * handler, the OpenAPI document, the reference at `/docs` and the typed client are made from it.
 */
export interface Operation {
  /** Unique, in camel case; the client's name for it. */
  id: string;
  method: Method;
  /** With `{name}` for each of `params`. */
  path: `/${string}`;
  chapter: Chapter;
  summary: string;
  description?: string;
  access: Access;
  /** Whether a link that was signed for its file will do in place of a key; see lib/api/signed-link.ts. */
  signedLinks: boolean;
  budget: Budget;
  /** Parts of the address. What does not fit them is not there: 404, of the `thing`. */
  params: z.ZodObject;
  thing: string;
  /** What may stand behind the question mark, and nothing else. */
  query: z.ZodObject;
  body?: Body;
  /** Headers that its handler reads besides, and what each is for, by name. */
  requestHeaders?: Readonly<Record<string, string>>;
  /** Whether an `Idempotency-Key` is understood. */
  idempotent: boolean;
  answers: Readonly<Record<number, Answer>>;
  /** What can go wrong besides what can go wrong with any request of its kind. */
  problems: readonly ErrorCode[];
}

type Declared = Pick<Operation, 'id' | 'method' | 'path' | 'chapter' | 'summary' | 'access' | 'answers'> &
  Partial<Operation>;

/** An operation with what goes without saying filled in: GET reads, everything else writes. */
export function operation<const D extends Declared>(declared: D): D & Omit<Operation, keyof D> {
  const unsaid: Omit<Operation, keyof Declared> & Partial<Operation> = {
    budget: declared.method === 'GET' ? 'read' : 'write',
    signedLinks: false,
    params: z.object({}),
    thing: 'address in this API',
    query: z.object({}),
    idempotent: false,
    problems: [],
  };
  return { ...unsaid, ...declared } as D & Omit<Operation, keyof D>;
}

/** An id in an address, lower-cased. */
export const idSchema = z
  .string()
  .refine(isId, 'a UUID')
  .toLowerCase()
  .meta({ format: 'uuid', description: 'A UUID' });

/** The parameters of an address that ends in, or leads through, one thing. */
export const idParams = z.object({ id: idSchema });
