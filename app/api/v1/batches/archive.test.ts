import { emptyStudio } from '#tests/studio-folder';
import { createHash } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GET as getBatchArchive } from './[id]/archive/route.ts';
import { GET as getJobArchive } from '#app/api/v1/jobs/[id]/archive/route';
import type { Archive } from '#lib/api/archives';
import { settings } from '#lib/config/settings';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { JOB_STATUSES, jobInputs, jobOutputs } from '#lib/db/schema/jobs';
import type { Job } from '#lib/jobs/resource';
import { fileStore } from '#lib/media/store/storage';
import { ApiClient } from '#tests/api-client';
import { makeBatch, makeJob, makeUpload } from '#tests/factories';
import { waitFor } from '#tests/wait-for';
import { readZip } from '#tests/zip';

type Manifest = Archive['manifest'];

let db: Database;
let anna: ApiClient;

beforeEach(async () => {
  db = await database();
  anna = await ApiClient.create(db);
});
afterEach(emptyStudio);

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A completed job made of a picture of that name, with these outputs, bytes and all. */
async function completedJob(filename: string, outputs: Record<string, Buffer>, place = {}): Promise<Job> {
  const job = await makeJob(db, anna.actor, { status: 'completed', ...place });
  const upload = await makeUpload(db, anna.actor, { filename });
  await db.insert(jobInputs).values({ jobId: job.id, role: 'image', uploadId: upload.id });
  for (const [position, [name, bytes]] of Object.entries(outputs).entries()) {
    const fileKey = `jobs/${job.id}/1/compose/${name}`;
    await fileStore().writeAtomic(fileKey, bytes);
    const file = { name, position, contentType: 'image/png', sizeBytes: bytes.length, sha256: sha256(bytes) };
    await db.insert(jobOutputs).values({ jobId: job.id, role: 'layer', fileKey, ...file });
  }
  return job;
}

async function opened(answer: Response): Promise<{ manifest: Manifest; files: Map<string, Buffer> }> {
  const files = readZip(Buffer.from(await answer.arrayBuffer()));
  const manifest = JSON.parse(files.get('manifest.json')!.toString()) as Manifest;
  files.delete('manifest.json');
  return { manifest, files };
}

/** The manifest names every file of the archive, as it is, and no other. */
function expectToBeDescribed(files: Map<string, Buffer>, manifest: Manifest): void {
  const found = [...files].map(([path, bytes]) => [path, bytes.length, sha256(bytes)]);
  expect(found).toEqual(manifest.files.map((file) => [file.path, file.size_bytes, file.sha256]));
}

describe('the archive of a job', () => {
  test('has all its files and a manifest', async () => {
    const outputs = { 'Layer_1.png': Buffer.from('far'), 'Layer_2.png': Buffer.alloc(700_000, 'near') };
    const job = await completedJob('Früh “8”.jpg', outputs);
    const answer = await anna.call(getJobArchive, { params: { id: job.id } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('cache-control')).toBe('private, no-store, no-transform');
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="Fr_h _8_.zip"; filename*=UTF-8''Fr%C3%BCh%20_8_.zip`,
    );
    const { manifest, files } = await opened(answer);
    expect([...files.keys()]).toEqual(Object.keys(outputs));
    expectToBeDescribed(files, manifest);
    expect(manifest.jobs).toMatchObject([{ id: job.id, status: 'completed', params: { num_layers: 4 } }]);
  });

  test.each(JOB_STATUSES.filter((status) => status !== 'completed'))(
    'is not there while it is %s',
    async (status) => {
      const job = await makeJob(db, anna.actor, { status });
      const answer = await anna.call(getJobArchive, { params: { id: job.id } });
      expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'conflict' }]);
    },
  );

  test('is not there for anybody else', async () => {
    const job = await completedJob('a.jpg', {});
    const bert = await ApiClient.create(db);
    expect((await bert.call(getJobArchive, { params: { id: job.id } })).status).toBe(404);
  });

  test('breaks off where a file is missing, so that nobody takes it for whole', async () => {
    const job = await completedJob('a.jpg', { 'a.png': Buffer.from('a'), 'b.png': Buffer.from('b') });
    await fileStore().remove(`jobs/${job.id}/1/compose/b.png`);
    const answer = await anna.call(getJobArchive, { params: { id: job.id } });
    await expect(answer.arrayBuffer()).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is not made for HEAD', async () => {
    const job = await completedJob('a.jpg', { 'a.png': Buffer.from('a') });
    const answer = await anna.call(getJobArchive, { params: { id: job.id }, method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});

test.runIf(process.platform === 'linux')('a reader who goes away leaves no file open', async () => {
  const job = await completedJob('a.jpg', { 'a.png': Buffer.alloc(3_000_000), 'b.png': Buffer.alloc(10) });
  const answer = await anna.call(getJobArchive, { params: { id: job.id } });
  expect(openFiles()).toEqual([]);
  const reader = answer.body!.getReader();
  await waitFor('the first file to be open', async () => {
    await reader.read();
    return openFiles().length === 1;
  });
  await reader.cancel();
  await waitFor('it to be closed', () => openFiles().length === 0);
});

/** The studio's files that this process has open. */
function openFiles(): string[] {
  const targets = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return targets.filter((target) => target.startsWith(settings().filesDir));
}

describe('the archive of a batch', () => {
  test('has a folder for each picture that is done, and word of the others', async () => {
    const error = { code: 'image_unreadable', message: 'Damaged.', suggestion: 'Save it again.' };
    const refused = [{ position: 2, filename: 'broken.png', error }];
    const { id: batchId } = await makeBatch(db, anna.actor, { name: 'At the bay', refused });
    const places = [0, 1, 3].map((batchPosition) => ({ batchId, batchPosition }));
    const [first, second, third] = [
      await completedJob('beach.jpg', { 'Layer_1.png': Buffer.from('one') }, places[0]),
      await completedJob(
        'beach.jpg',
        { 'Layer_1.png': Buffer.from('two'), 'depth.png': Buffer.from('d') },
        places[1],
      ),
      await completedJob('a:b*.tar.gz', { 'Layer_1.png': Buffer.from('three') }, places[2]),
    ];
    await makeJob(db, anna.actor, { status: 'failed', batchId, batchPosition: 4 });
    await makeJob(db, anna.actor, { status: 'processing', batchId, batchPosition: 5 });
    const answer = await anna.call(getBatchArchive, { params: { id: batchId } });
    expect(answer.headers.get('content-disposition')).toContain('filename="At the bay.zip"');
    const { manifest, files } = await opened(answer);
    expect([...files.keys()]).toEqual([
      '1 beach/Layer_1.png',
      '2 beach/Layer_1.png',
      '2 beach/depth.png',
      '4 a_b_.tar/Layer_1.png',
    ]);
    expectToBeDescribed(files, manifest);
    expect(manifest.files.map((file) => file.job_id)).toEqual([first.id, second.id, second.id, third.id]);
    expect(manifest.batch!.items.map(({ status, error }) => error?.message ?? status)).toEqual([
      'completed',
      'completed',
      'Damaged.',
      'completed',
      'It broke.',
      'processing',
    ]);
    expect(manifest.jobs).toHaveLength(5);
  });

  test('of which nothing is done is a manifest', async () => {
    const { id } = await makeBatch(db, anna.actor);
    const { manifest, files } = await opened(await anna.call(getBatchArchive, { params: { id } }));
    expect([files.size, manifest]).toMatchObject([0, { batch: { id, total: 0 }, jobs: [], files: [] }]);
  });
});
