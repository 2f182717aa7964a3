import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import { afterEach, expect, test } from 'vitest';
import { POST as generate } from './route.ts';
import { POST as postBatch } from '#app/api/v1/batches/route';
import type { Actor } from '#lib/core/actor';
import { database } from '#lib/db/connection';
import { ApiClient } from '#tests/api-client';
import { drawPicture } from '#tests/images';

afterEach(emptyStudio);

async function send(role: Actor['role'], priority: string): Promise<Response> {
  const client = await ApiClient.create(await database(), role);
  const image = new Blob([new Uint8Array(await drawPicture(80, 70).png().toBuffer())]);
  return client.post(generate, [
    ['image', image],
    ['pipeline', 'photo-realistic'],
    ['priority', priority],
  ]);
}

test.each([
  ['user', '1', 'forbidden', { minimum: -10, maximum: 0 }],
  ['user', '11', 'out_of_range', { minimum: -10, maximum: 0 }],
  ['admin', '11', 'out_of_range', { minimum: -10, maximum: 10 }],
] as const)('for a(n) %s, %s is too high', async (role, priority, code, allowed) => {
  const answer = await send(role, priority);
  expect(await answer.json()).toMatchObject({
    status: 422,
    errors: [{ pointer: '/priority', code, allowed }],
  });
  expect(await kept()).toEqual(NOTHING);
});

test('everybody may let a job wait for others, an administrator may put one before them', async () => {
  expect(await (await send('user', '-10')).json()).toMatchObject({ priority: -10 });
  expect(await (await send('admin', '10')).json()).toMatchObject({ priority: 10 });
  const admin = await ApiClient.create(await database(), 'admin');
  const batch = await admin.postJson(postBatch, { pipeline: 'photo-realistic', priority: 10 });
  expect(await batch.json()).toMatchObject({ priority: 10 });
});
