import '#tests/studio-folder';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createApiKey } from '#lib/auth/api-keys';
import { inPerson } from '#lib/auth/caller';
import { type Scope, SCOPES } from '#lib/auth/scopes';
import { webLog } from '#lib/config/web-log';
import type { Operation } from '#lib/api/operation';
import { OPERATIONS } from '#lib/api/openapi/operations';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { createLogger } from '#lib/core/logger';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { fileStore } from '#lib/media/store/storage';
import { makeUser } from '#tests/factories';
import { OWNED_THINGS, type OwnedThing } from '#tests/owned-things';

/* Who may do what: every operation, asked for by everybody there is. */

/**
 * What an operation is about, which settles who may ask it: nothing of anybody's; whatever the caller has; one thing of
 * one owner's; the whole studio.
 */
type Row = { about: 'nothing' | 'own' | 'studio'; shows?: OwnedThing } | { about: OwnedThing };

/** An operation without a row here fails, and so does a row without an operation. */
const ROWS: Record<string, Row> = {
  generate: { about: 'own' },
  listJobs: { about: 'own', shows: 'waitingJob' },
  getJob: { about: 'job' },
  deleteJob: { about: 'job' },
  cancelJob: { about: 'waitingJob' },
  retryJob: { about: 'job' },
  getJobEvents: { about: 'job' },
  getJobPreview: { about: 'runningJob' },
  getJobOutput: { about: 'job' },
  linkJobOutput: { about: 'job' },
  getJobArchive: { about: 'job' },

  createUpload: { about: 'own' },
  getUpload: { about: 'upload' },
  getUploadContent: { about: 'upload' },

  getQueue: { about: 'own', shows: 'waitingJob' },
  pollQueue: { about: 'own', shows: 'waitingJob' },
  startQueue: { about: 'own' },
  stopQueue: { about: 'own' },
  clearQueue: { about: 'own' },

  createBatch: { about: 'own' },
  listBatches: { about: 'own', shows: 'batch' },
  getBatch: { about: 'batch' },
  cancelBatch: { about: 'batch' },
  pauseBatch: { about: 'batch' },
  resumeBatch: { about: 'batch' },
  retryFailedOfBatch: { about: 'batch' },
  getBatchArchive: { about: 'batch' },

  listModels: { about: 'own' },
  getModel: { about: 'own' },
  downloadModel: { about: 'own' },
  unloadModel: { about: 'own' },
  deleteWeights: { about: 'own' },

  enhancePrompt: { about: 'own' },

  listApiKeys: { about: 'own', shows: 'apiKey' },
  createApiKey: { about: 'own' },
  getApiKey: { about: 'apiKey' },
  changeApiKey: { about: 'apiKey' },
  revokeApiKey: { about: 'apiKey' },
  rotateApiKey: { about: 'apiKey' },

  listWebhooks: { about: 'own', shows: 'webhook' },
  createWebhook: { about: 'own' },
  getWebhook: { about: 'webhook' },
  updateWebhook: { about: 'webhook' },
  deleteWebhook: { about: 'webhook' },
  rotateWebhookSecret: { about: 'webhook' },
  testWebhook: { about: 'webhook' },
  listWebhookDeliveries: { about: 'webhook' },
  getWebhookDelivery: { about: 'webhook' },
  replayWebhookDelivery: { about: 'webhook' },

  getUsage: { about: 'own' },

  listAudit: { about: 'studio' },
  getMetrics: { about: 'studio' },
  getHealth: { about: 'nothing' },
  getReadiness: { about: 'nothing' },
  getOpenApi: { about: 'nothing' },
};

const WHO = [
  'no one',
  'another user',
  'an administrator',
  'the owner’s key without the scope',
  'the owner, led on by another site',
  'the owner',
  'the owner’s key with the scope',
] as const;
type Who = (typeof WHO)[number];
/** Who is shown what the owner has; to another site a browser does not show it. */
const OWNERS = WHO.slice(-3);

/** Refused with this status, or let through to what the operation does. */
type Outcome = 401 | 403 | 404 | 'let through';

const OUTCOMES: Record<'nothing' | 'own' | 'thing' | 'studio', readonly Outcome[]> = {
  nothing: WHO.map(() => 'let through'),
  own: [401, 'let through', 'let through', 403, 403, 'let through', 'let through'],
  thing: [401, 404, 404, 403, 403, 'let through', 'let through'],
  studio: [401, 403, 'let through', 403, 403, 403, 403],
};

/** In the order of `WHO`. What only reads may be asked for from anywhere: another site does not see the answer. */
function expectedOf({ method }: Operation, { about }: Row): Outcome[] {
  const outcomes = about in OWNED_THINGS ? OUTCOMES.thing : OUTCOMES[about as keyof typeof OUTCOMES];
  const ledOn = method === 'GET' ? outcomes[WHO.indexOf('the owner')]! : null;
  return outcomes.map(
    (outcome, who) => (WHO[who] === 'the owner, led on by another site' && ledOn) || outcome,
  );
}

let db: Database;
let owner: Actor;
let other: Actor;
let administrator: Actor;
/** What the owner has all the time. */
let theirs: Record<OwnedThing, string>;

beforeAll(async () => {
  db = await database();
  [owner, other, administrator] = await Promise.all([makeUser(db), makeUser(db), makeUser(db, 'admin')]);
  const made = Object.entries(OWNED_THINGS).map(async ([name, make]) => [
    name,
    (await make(db, fileStore(), owner)).id,
  ]);
  theirs = Object.fromEntries(await Promise.all(made)) as typeof theirs;
});

const keys = new Map<string, string>();

async function keyOf(actor: Actor, scopes: Scope[]): Promise<Record<string, string>> {
  const which = [actor.userId, ...scopes].join(' ');
  const made = keys.get(which) ?? (await makeKey(actor, scopes));
  keys.set(which, made);
  return { 'X-API-Key': made };
}

async function makeKey(actor: Actor, scopes: Scope[]): Promise<string> {
  return (await createApiKey(db, inPerson(actor), { name: 'k', scopes }, systemClock())).key;
}

async function sessionOf({ userId }: Actor): Promise<Record<string, string>> {
  const name = 'authjs.session-token';
  const secret = process.env.MULTIPLANE_AUTH_SECRET!;
  const sealed = await encode({ token: { sub: userId, sessionVersion: 1 }, secret, salt: name });
  return { Cookie: `${name}=${sealed}`, 'Sec-Fetch-Site': 'same-origin' };
}

async function credentialsOf(who: Who, { access }: Operation): Promise<Record<string, string>> {
  switch (who) {
    case 'no one':
      return {};
    case 'another user':
      return sessionOf(other);
    case 'an administrator':
      return sessionOf(administrator);
    case 'the owner':
      return sessionOf(owner);
    case 'the owner, led on by another site':
      return { ...(await sessionOf(owner)), 'Sec-Fetch-Site': 'cross-site' };
    case 'the owner’s key without the scope':
      return keyOf(
        owner,
        SCOPES.filter((scope) => scope !== access),
      );
    case 'the owner’s key with the scope':
      return keyOf(owner, [...SCOPES]);
  }
}

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

async function handlerOf({ method, path }: Operation): Promise<Handler> {
  const folder = path.replaceAll('{', '[').replaceAll('}', ']');
  const route = (await import(join(import.meta.dirname, folder, 'route.ts'))) as Record<string, Handler>;
  return route[method]!;
}

async function ask(operation: Operation, who: Who, params: Record<string, string>) {
  const { method, body } = operation;
  const headers = { ...(await credentialsOf(who, operation)), 'Content-Type': 'application/json' };
  const content = method === 'GET' || body?.kind !== 'json' ? {} : { body: '{}' };
  const request = new Request('http://studio.test/', { method, headers, ...content });
  const answer = await (await handlerOf(operation))(request, { params: Promise.resolve(params) });
  return { status: answer.status, text: await answer.text() };
}

/** So that a difference says whose it is. */
function byWho(outcomes: readonly unknown[]) {
  return WHO.map((who, index) => [who, outcomes[index]]);
}

function outcomeOf(status: number): Outcome | 500 {
  if (status === 401 || status === 403 || status === 404) return status;
  return status === 500 ? 500 : 'let through';
}

test('every operation has its row', () => {
  expect(OPERATIONS.map(({ id }) => id).toSorted()).toEqual(Object.keys(ROWS).toSorted());
});

describe('everybody asks for', () => {
  test.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
    '%s',
    async (id, operation) => {
      const row = ROWS[id]!;
      const make = row.about in OWNED_THINGS ? OWNED_THINGS[row.about as OwnedThing] : null;
      const params = () => make?.(db, fileStore(), owner) ?? Promise.resolve({ id: 'wan-mini' });
      let thing: Record<string, string> = await params();
      const outcomes: (Outcome | 500)[] = [];
      const shownTo: Who[] = [];
      for (const who of WHO) {
        // Nobody before the owner has done anything to it; the owner may have deleted it.
        if (who === 'the owner’s key with the scope') thing = await params();
        const { status, text } = await ask(operation, who, thing);
        outcomes.push(outcomeOf(status));
        if ('shows' in row && text.includes(theirs[row.shows!])) shownTo.push(who);
      }
      expect(byWho(outcomes)).toEqual(byWho(expectedOf(operation, row)));
      expect(shownTo).toEqual('shows' in row ? OWNERS : []);
    },
  );
});

describe('everyone’s queue is an administrator’s', () => {
  const withScope = OPERATIONS.filter(({ query }) => 'scope' in query.shape);

  test('to start and to stop', () => {
    expect(withScope.map(({ id }) => id)).toEqual(['startQueue', 'stopQueue']);
  });

  test.each(withScope.map((operation) => [operation.id, operation] as const))(
    '%s',
    async (_id, operation) => {
      const handler = await handlerOf(operation);
      const statusOf = async (headers: Record<string, string>) => {
        const request = new Request('http://studio.test/?scope=everyone', { method: 'POST', headers });
        return (await handler(request, { params: Promise.resolve({}) })).status;
      };
      expect(await statusOf(await sessionOf(owner))).toBe(403);
      expect(await statusOf(await keyOf(owner, [...SCOPES]))).toBe(403);
      expect(await statusOf(await keyOf(administrator, ['jobs:read', 'jobs:write']))).toBe(403);
      expect(await statusOf(await keyOf(administrator, ['jobs:write', 'admin']))).toBe(200);
      expect(await statusOf(await sessionOf(administrator))).toBe(200);
    },
  );
});

test('a key is in no line of the log, nor is its hash', async () => {
  const lines: string[] = [];
  const log = createLogger('web', 'trace', { destination: { write: (line) => void lines.push(line) } });
  for (const level of ['trace', 'debug', 'info', 'warn', 'error'] as const)
    vi.spyOn(webLog(), level).mockImplementation(log[level].bind(log));
  const key = await makeKey(owner, ['jobs:read']);
  const { rows } = await db.$client.execute(`SELECT hash FROM api_keys WHERE prefix = '${key.slice(0, 10)}'`);
  const hash = String(rows[0]!.hash);
  const listJobs = OPERATIONS.find(({ id }) => id === 'listJobs')!;
  const handler = await handlerOf(listJobs);
  const statusWith = async (headers: Record<string, string>) => {
    const request = new Request('http://studio.test/api/v1/jobs', { headers });
    return (await handler(request, { params: Promise.resolve({}) })).status;
  };
  expect(await statusWith({ 'X-API-Key': key })).toBe(200);
  expect(await statusWith({ Authorization: `Bearer ${key}x` })).toBe(401);
  await db.$client.execute('ALTER TABLE api_keys RENAME TO mislaid');
  expect(await statusWith({ Authorization: `Bearer ${key}` })).toBe(500);
  await db.$client.execute('ALTER TABLE mislaid RENAME TO api_keys');
  expect(lines).toHaveLength(4);
  expect(lines.join('')).toContain('no such table: api_keys');
  expect(lines.filter((line) => line.includes(key) || line.includes(hash))).toEqual([]);
});
