import { emptyStudio } from '#tests/studio-folder';
import { afterEach, describe, expect, test } from 'vitest';
import { GET as getJob } from '#app/api/v1/jobs/[id]/route';
import { POST as makeLink } from '#app/api/v1/jobs/[id]/outputs/[name]/link/route';
import { GET as getOutput } from '#app/api/v1/jobs/[id]/outputs/[name]/route';
import { createApiKey, revokeApiKey } from '#lib/auth/api-keys';
import { inPerson } from '#lib/auth/caller';
import { expiryAfter, signedUrl } from '#lib/api/signed-link';
import { systemClock } from '#lib/core/clock';
import { newId } from '#lib/core/ids';
import { database } from '#lib/db/connection';
import { apiKeys } from '#lib/db/schema/auth';
import { jobOutputs, jobs } from '#lib/db/schema/jobs';
import type { JobResource } from '#lib/jobs/resource';
import { fileStore } from '#lib/media/store/storage';
import { ApiClient } from '#tests/api-client';
import { makeJob, NOW } from '#tests/factories';

const NAMES = ['video.mp4', 'Ebene 1 “ä”.png'];
const BYTES = '0123456789';
const ROUTE = /^\/api\/v1\/jobs\/([^/]+)\/outputs\/([^/?]+)/;

afterEach(emptyStudio);

/** Somebody with a completed job that made two files. */
async function setUp() {
  const db = await database();
  const anna = await ApiClient.create(db);
  const job = await makeJob(db, anna.actor, { status: 'completed', fence: 1, attempt: 1 });
  for (const [position, name] of NAMES.entries()) {
    const fileKey = `jobs/${job.id}/1/cut/${position}`;
    await fileStore().writeAtomic(fileKey, Buffer.from(BYTES));
    const file = { name, sizeBytes: BYTES.length, sha256: 'ab'.repeat(32), fileKey };
    const [role, contentType] = position === 0 ? ['result', 'video/mp4'] : ['layer', 'image/png'];
    await db
      .insert(jobOutputs)
      .values({ jobId: job.id, position, role: role!, contentType: contentType!, ...file });
  }
  return { db, anna, id: job.id };
}

async function linkTo(anna: ApiClient, id: string, name: string, body: object = {}) {
  const init = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  };
  const answer = await anna.call(makeLink, { params: { id, name }, ...init });
  return { status: answer.status, body: (await answer.json()) as { url: string; expires_at: string } };
}

/** Follow a link as anybody may, without a key. */
async function follow(url: string, init: RequestInit = {}) {
  const [, id, name] = ROUTE.exec(url)!;
  const params = Promise.resolve({ id: id!, name: decodeURIComponent(name!) });
  const answer = await getOutput(new Request(`http://studio.test${url}`, init), { params });
  const text = await answer.text();
  const code = answer.status >= 400 ? (JSON.parse(text) as { code: string }).code : null;
  return { status: answer.status, code, text, headers: answer.headers };
}

describe('a link to an output', () => {
  test.each(NAMES)('hands %s on to somebody without a key', async (name) => {
    const { anna, id } = await setUp();
    const { status, body } = await linkTo(anna, id, name, { expires_in_seconds: 60 });
    expect(status).toBe(200);
    expect(Date.parse(body.expires_at) - systemClock()).toBeGreaterThan(50_000);
    expect(await follow(body.url)).toMatchObject({ status: 200, text: BYTES });
  });

  test('serves as a key does: ranges, validators, names, and nothing for others to keep', async () => {
    const { anna, id } = await setUp();
    const { url } = (await linkTo(anna, id, NAMES[0]!)).body;
    const part = await follow(url, { headers: { Range: 'bytes=2-4' } });
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10']);
    const etag = part.headers.get('etag')!;
    expect((await follow(url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    const { headers } = await follow(`${url}&download=1`);
    expect(headers.get('content-type')).toBe('video/mp4');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="video.mp4"/);
    expect(headers.get('cache-control')).toMatch(/^private, /);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  test('holds for its own file and its own time', async () => {
    const { anna, id } = await setUp();
    const { url } = (await linkTo(anna, id, NAMES[0]!)).body;
    const [, expires] = /expires=(\d+)/.exec(url)!;
    const other = (await setUp()).id;
    const forged = [
      url.replace(NAMES[0]!, encodeURIComponent(NAMES[1]!)),
      url.replace(id, other),
      url.replace(expires!, String(Number(expires) + 1)),
      url.replace(/expires=\d+&/, ''),
      url.replace(/key=[^&]+&/, ''),
      url.replace(/key=[^&]+/, `key=${newId()}`),
      url.replace(/signature=.*/, 'signature='),
      `${url}A`,
      `${url.slice(0, -4)}AAAA`,
    ];
    for (const one of forged)
      expect(await follow(one), one).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await follow(url.replace(/\?.*/, ''))).toMatchObject({ status: 401 });
    const late = await signedUrl(
      { id, name: NAMES[0]! },
      inPerson(anna.actor),
      expiryAfter(0, systemClock()),
    );
    expect(await follow(late)).toMatchObject({ status: 403, code: 'link_expired' });
  });

  test('ends with the job', async () => {
    const { db, anna, id } = await setUp();
    const { url } = (await linkTo(anna, id, NAMES[0]!)).body;
    await db.delete(jobs);
    expect(await follow(url)).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('ends with the key that it was asked for with, if that is revoked', async () => {
    const { db, anna, id } = await setUp();
    const { url } = (await linkTo(anna, id, NAMES[0]!)).body;
    const keyId = new URLSearchParams(url.split('?')[1]).get('key')!;
    await db.update(apiKeys).set({ expiresAt: 1 });
    expect((await follow(url)).status, 'a key that has expired').toBe(200);
    await revokeApiKey(db, anna.actor, keyId, systemClock());
    expect(await follow(url)).toMatchObject({ status: 403, code: 'link_expired' });
  });

  test('asked for at the dashboard holds whatever becomes of keys', async () => {
    const { db, anna, id } = await setUp();
    const url = await signedUrl(
      { id, name: NAMES[0]! },
      inPerson(anna.actor),
      expiryAfter(60, systemClock()),
    );
    await db.delete(apiKeys);
    expect((await follow(url)).status).toBe(200);
  });

  test('is made for whoever may read the job, and for nobody else', async () => {
    const { db, anna, id } = await setUp();
    expect((await linkTo(await ApiClient.create(db), id, NAMES[0]!)).status).toBe(404);
    expect((await linkTo(anna, id, 'nothing.png')).status).toBe(404);
    const { key } = await createApiKey(
      db,
      inPerson(anna.actor),
      { name: 'models', scopes: ['models:write'] },
      NOW,
    );
    const init = { method: 'POST', headers: { 'X-API-Key': key } };
    const params = Promise.resolve({ id, name: NAMES[0]! });
    const answer = await makeLink(new Request('http://studio.test/api/v1/x', init), { params });
    expect(answer.status).toBe(403);
  });

  test.each([59, 604_801, 60.5, '60'])('cannot hold for %j seconds', async (seconds) => {
    const { anna, id } = await setUp();
    expect((await linkTo(anna, id, NAMES[0]!, { expires_in_seconds: seconds })).status).toBe(422);
  });
});

test('a job can be asked for with links that are signed', async () => {
  const { anna, id } = await setUp();
  const ask = async (query: string) => {
    const answer = await anna.call(getJob, { params: { id }, query });
    return { status: answer.status, job: (await answer.json()) as JobResource };
  };
  const { job: plain } = await ask('');
  expect(plain.result_url).toBe(`/api/v1/jobs/${id}/outputs/video.mp4`);
  const { job } = await ask('signed_links=600');
  expect(job.result_url).toBe(job.outputs[0]!.url);
  for (const { url } of job.outputs) expect(await follow(url)).toMatchObject({ status: 200, text: BYTES });
  expect((await ask('signed_links=1')).status).toBe(422);
});
