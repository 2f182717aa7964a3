import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { notFound } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import type { Creation } from '#lib/db/creation';
import { idempotencyKeys } from '#lib/db/schema/idempotency';
import { uploads } from '#lib/db/schema/media';
import { getUpload, insertUpload } from '#lib/media/queries';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { createOnce, type Making } from './idempotency.ts';

/** Something with a secret that is shown once. */
interface Made {
  id: string;
  secret: string | null;
}

const PICTURE = {
  sha256: 'ab'.repeat(32),
  filename: 'photo.jpg',
  kept: true,
  sizeBytes: 1000,
  format: 'jpeg',
  contentType: 'image/jpeg',
  width: 640,
  height: 480,
  mode: 'srgb',
  hasAlpha: false,
  storedAt: NOW,
} as const;

let db: Database;
let actor: Actor;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
});

async function insert({ id, alongside }: Creation): Promise<Made> {
  await insertUpload(db, { ...PICTURE, id, ownerId: actor.userId }, 0, alongside);
  return { id, secret: 'shown once' };
}

const find = async (id: string): Promise<Made> => {
  await getUpload(db, actor, id);
  return { id, secret: null };
};

interface Sent {
  key?: string;
  body?: unknown;
  params?: unknown;
  making?: Partial<Making<Made>>;
}

/** A request, and its answer. `once` is of the process that it comes to. */
async function send(
  { key = 'order-66', body = { a: 1 }, params = {}, making = {} }: Sent = {},
  once = createOnce,
) {
  const request = new Request('http://studio.test/', { method: 'POST', headers: { 'Idempotency-Key': key } });
  const response = await once(
    { request, db, actor, now: NOW, params, body },
    {
      makes: 'thing',
      status: 201,
      make: insert,
      find,
      keeps: (made) => ({ ...made, secret: null }),
      ...making,
    },
  );
  const replayed = response.headers.get('idempotency-replayed');
  return { status: response.status, replayed, body: (await response.json()) as Made };
}

const count = () => db.$count(idempotencyKeys);

test('what was made is told again, without its secret, which is nowhere kept', async () => {
  const first = await send();
  expect(first).toMatchObject({ status: 201, replayed: null, body: { secret: 'shown once' } });
  expect(JSON.stringify(await db.select().from(idempotencyKeys))).not.toContain('shown once');
  const again = { status: 201, replayed: 'true', body: { id: first.body.id, secret: null } };
  expect(await send()).toEqual(again);
  await db.update(idempotencyKeys).set({ answer: null });
  expect(await send()).toEqual(again);
});

test('what is not to be kept is looked up again', async () => {
  const making = { keeps: () => null };
  const { body } = await send({ making });
  expect(await db.select({ answer: idempotencyKeys.answer }).from(idempotencyKeys)).toEqual([
    { answer: null },
  ]);
  expect(await send({ making })).toMatchObject({ replayed: 'true', body: { id: body.id } });
});

test.each([
  ['body', { body: { a: 2 } }],
  ['place', { params: { id: newId() } }],
  ['purpose', { making: { makes: 'other thing' } }],
])('another %s under the same key is refused', async (_what, other) => {
  await send();
  await expect(send(other)).rejects.toMatchObject({ code: 'idempotency_mismatch', status: 422 });
  expect(await count()).toBe(1);
});

test('one that comes while the first is under way is told to come back', async () => {
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const first = send({ making: { make: (creation) => gate.then(() => insert(creation)) } });
  await expect(send()).rejects.toMatchObject({ code: 'idempotency_in_flight', status: 409 });
  await expect(send({ body: {} })).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  expect(await send({ key: 'order-67' })).toMatchObject({ replayed: null });
  open();
  expect(await first).toMatchObject({ status: 201, replayed: null });
  expect(await send()).toMatchObject({ replayed: 'true' });
});

describe('of several processes', () => {
  test('one makes it, and the others answer with what it made', async () => {
    vi.resetModules();
    const { createOnce: elsewhere } = await import('./idempotency.ts');
    expect(elsewhere).not.toBe(createOnce);
    const answers = await Promise.all([send(), send({}, elsewhere)]);
    expect(new Set(answers.map(({ replayed }) => replayed))).toEqual(new Set([null, 'true']));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await count()).toBe(1);
  });
});

const broken = new Error('The disk is full');

async function insertAndBreak(creation: Creation): Promise<Made> {
  await insert(creation);
  throw broken;
}

describe('what fails', () => {
  test('before anything is made leaves the key free', async () => {
    await expect(send({ making: { make: () => Promise.reject(broken) } })).rejects.toBe(broken);
    expect(await send()).toMatchObject({ replayed: null });
  });

  test('and takes back what it made leaves the key free', async () => {
    const make = async (creation: Creation): Promise<Made> => {
      await insert(creation);
      await db.delete(uploads);
      throw broken;
    };
    await expect(send({ making: { make } })).rejects.toBe(broken);
    expect(await count()).toBe(0);
  });

  test('once it is made is answered with what was made', async () => {
    expect(await send({ making: { make: insertAndBreak } })).toMatchObject({ status: 201, replayed: 'true' });
  });

  test('for good is not found again', async () => {
    await send({ making: { keeps: () => null } });
    await db.delete(uploads);
    await expect(send()).rejects.toEqual(notFound('upload'));
  });
});
