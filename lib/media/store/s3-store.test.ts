import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { BucketSettings } from '#lib/config/bucket';
import { serve } from '#tests/local-server';
import { hasS3, S3Server } from '#tests/servers/s3';
import { temporaryFolder } from '#tests/temporary-folder';
import { S3Store } from './s3-store.ts';

/* What it promises as every file store does is in store-contract.test.ts. */

const NOW = Date.UTC(2026, 0, 10);
const HOUR_MS = 60 * 60_000;

/** A store that is told of a service of the test's own, and its folder on this machine. */
async function storeAt(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const settings: BucketSettings = {
    name: 'studio',
    endpoint: await serve(answer),
    region: 'us-east-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    prefix: 'ours',
  };
  const root = temporaryFolder();
  return { root, store: new S3Store(settings, root) };
}

/** A file written into a folder of a workspace, to be published. */
async function workspaceWithFile(store: S3Store) {
  const workspace = await store.openWorkspace();
  await mkdir(workspace.folder('jobs/1'), { recursive: true });
  await writeFile(join(workspace.folder('jobs/1'), 'a'), 'x');
  return workspace;
}

test.skipIf(!hasS3)(
  'a service that is down is unavailable, whatever is asked of it, until it is back',
  async () => {
    const server = await S3Server.start();
    onTestFinished(() => server.dispose());
    const store = new S3Store(server.settings('test'), temporaryFolder());
    await store.writeAtomic('a/b', Buffer.from('x'));
    const workspace = await workspaceWithFile(store);
    await server.kill();
    const path = await store.temporaryPath();
    await writeFile(path, 'x');
    const attempts = [
      () => store.stat('a/b'),
      () => store.read('a/b'),
      () => store.writeAtomic('a/c', Buffer.from('x')),
      () => store.adopt('a/c', path),
      () => store.list('a'),
      () => workspace.materialize('a/b'),
      () => workspace.publish('jobs/1', ['a']),
      () => workspace.removeTree('a'),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await server.restart();
    for (const attempt of attempts) await attempt();
  },
);

test.each([
  ['507', 507, ''],
  ['a quota', 403, 'QuotaExceeded'],
  ['MinIO', 400, 'XMinioAdminBucketQuotaExceeded'],
])('a store that is full (%s) says so', async (_, status, code) => {
  const { store } = await storeAt((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(`<Error><Code>${code}</Code><Message>No.</Message></Error>`);
  });
  const writing = store.writeAtomic('a/b', Buffer.from('x'));
  await expect(writing).rejects.toMatchObject({ code: 'storage_full' });
});

test("what the operator has set wrongly is nobody else's fault", async () => {
  const { store } = await storeAt((_, response) => {
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.end('<Error><Code>AccessDenied</Code><Message>No.</Message></Error>');
  });
  await expect(store.read('a/b')).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a download that breaks off leaves no file, and can be tried again', async () => {
  let sound = false;
  const { root, store } = await storeAt((_, response) => {
    response.writeHead(200, { 'content-length': '8' });
    if (sound) response.end('complete');
    else response.write('half', () => response.destroy());
  });
  const workspace = await store.openWorkspace();
  await expect(workspace.materialize('a/b')).rejects.toMatchObject({ code: 'unavailable' });
  await expect(store.takeOut('a/b')).rejects.toMatchObject({ code: 'unavailable' });
  expect(
    readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
  ).toEqual([]);
  sound = true;
  expect(await workspace.materialize('a/b')).toBe(workspace.folder('a/b'));
});

test('a folder of more files than one answer holds is listed whole', async () => {
  const { store } = await storeAt((request, response) => {
    const { searchParams } = new URL(request.url!, 'http://store');
    const isFirst = searchParams.get('continuation-token') === null;
    const next = '<IsTruncated>true</IsTruncated><NextContinuationToken>2</NextContinuationToken>';
    const key = `${searchParams.get('prefix')}${isFirst ? 'b' : 'a'}`;
    const page = `<Contents><Key>${key}</Key></Contents>${isFirst ? next : ''}`;
    response.end(`<ListBucketResult>${page}</ListBucketResult>`);
  });
  expect(await store.list('jobs')).toEqual(['jobs/a', 'jobs/b']);
});

test('uploads in parts that were broken off long ago are given up, of our folder alone', async () => {
  const begun = (hoursAgo: number) => new Date(NOW - hoursAgo * HOUR_MS).toISOString();
  const uploads = [
    ['old', begun(48)],
    ['young', begun(12)],
  ].map(
    ([id, at]) => `<Upload><Key>ours/a</Key><UploadId>${id}</UploadId><Initiated>${at}</Initiated></Upload>`,
  );
  const requests: string[] = [];
  const { store } = await storeAt((request, response) => {
    const { searchParams } = new URL(request.url!, 'http://store');
    if (request.method === 'DELETE') requests.push(`aborted ${searchParams.get('uploadId')}`);
    else requests.push(`listed ${searchParams.get('prefix')}`);
    response.end(`<ListMultipartUploadsResult>${uploads.join('')}</ListMultipartUploadsResult>`);
  });
  expect(await store.sweep(NOW)).toBe(1);
  expect(requests).toEqual(['listed ours/', 'aborted old']);
});

test('a workspace that is closed leaves nothing on this machine', async () => {
  const { root, store } = await storeAt((_, response) => response.end('x'));
  const workspace = await workspaceWithFile(store);
  await workspace.materialize('uploads/ab/abc');
  await workspace.close();
  expect(readdirSync(join(root, '.incoming'))).toEqual([]);
});

test('who no longer needs it does not wait for a service that is silent', async () => {
  const { store } = await storeAt((request) => void request.resume());
  const stop = new AbortController();
  const workspace = await store.openWorkspace(stop.signal);
  await mkdir(workspace.folder('jobs/1'), { recursive: true });
  await writeFile(join(workspace.folder('jobs/1'), 'a'), 'x');
  const waiting = [workspace.materialize('a/b'), workspace.publish('jobs/1', ['a'])];
  setImmediate(() => stop.abort());
  for (const wait of waiting) await expect(wait).rejects.toMatchObject({ name: 'AbortError' });
  await expect(workspace.publish('jobs/1', ['a'])).rejects.toMatchObject({ name: 'AbortError' });
});
