/* What the reference shows of jobs; the tests run it, in a folder with a photo.jpg. */

import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { ProblemError } from '#lib/client/client';
import type { Job, JobDryRun } from '#lib/client/operations';
import { studio } from './studio.ts';

const image = new File(
  [await readFile('photo.jpg')],
  'photo.jpg',
  { type: 'image/jpeg' },
);

async function dryRun() {
  // #region dryRun
  const forecast = (await studio.call('generate', {
    query: { dry_run: true },
    body: { pipeline: 'photo-realistic', num_layers: 4, image },
  })) as JobDryRun;
  console.log(
    forecast.params,
    forecast.warnings,
    forecast.eta_seconds,
  );
  // #endregion
  return forecast;
}

async function generate() {
  // #region generate
  const image = new File(
    [await readFile('photo.jpg')],
    'photo.jpg',
    { type: 'image/jpeg' },
  );
  const job = (await studio.call('generate', {
    body: { pipeline: 'photo-realistic', num_layers: 4, image },
    headers: { 'Idempotency-Key': 'holiday-photo-1' },
  })) as Job;
  // #endregion
  return job;
}

async function generateAndWait() {
  // #region generateAndWait
  const job = (await studio.call('generate', {
    body: { pipeline: 'cutout', image },
    headers: { Prefer: 'wait=60' },
  })) as Job;
  // #endregion
  return job;
}

async function untilEnded(id: string) {
  // #region untilEnded
  let job = await studio.call('getJob', { params: { id } });
  while (
    job.status === 'pending' ||
    job.status === 'processing'
  ) {
    await setTimeout(1000);
    job = await studio.call('getJob', { params: { id } });
  }
  // #endregion
  return job;
}

async function getJob(id: string) {
  // #region getJob
  const job = await studio.call('getJob', { params: { id } });
  console.log(job.status, job.progress.value, job.message);
  // #endregion
  return job;
}

async function listJobs() {
  // #region listJobs
  const page = await studio.call('listJobs', {
    query: { status: 'completed', limit: 10 },
  });
  for (const job of page.items)
    console.log(job.id, job.outputs.length);
  // #endregion
  return page;
}

async function getJobEvents(id: string) {
  let told = '';
  // #region getJobEvents
  const events = await studio.call('getJobEvents', {
    params: { id },
  });
  const text = events.body!.pipeThrough(
    new TextDecoderStream(),
  );
  await text.pipeTo(
    new WritableStream({
      write: (part) => void (told += part),
    }),
  );
  console.log(told);
  // #endregion
  return told;
}

async function getJobOutput(id: string) {
  // #region getJobOutput
  const name = 'Layer_1_background.png';
  const file = await studio.call('getJobOutput', {
    params: { id, name },
  });
  await writeFile(
    'background.png',
    Buffer.from(await file.arrayBuffer()),
  );
  // #endregion
}

async function linkJobOutput(id: string) {
  // #region linkJobOutput
  const link = await studio.call('linkJobOutput', {
    params: { id, name: 'Layer_1_background.png' },
    body: { expires_in_seconds: 600 },
  });
  console.log(link.url, link.expires_at);
  // #endregion
  return link;
}

async function getJobArchive(id: string) {
  // #region getJobArchive
  const archive = await studio.call('getJobArchive', {
    params: { id },
  });
  await writeFile(
    'layers.zip',
    Buffer.from(await archive.arrayBuffer()),
  );
  // #endregion
}

async function getJobPreview(id: string) {
  // #region getJobPreview
  const preview = await studio.call('getJobPreview', {
    params: { id },
  });
  await writeFile(
    'preview.webp',
    Buffer.from(await preview.arrayBuffer()),
  );
  // #endregion
}

async function cancelJob(id: string) {
  // #region cancelJob
  const job = await studio.call('cancelJob', {
    params: { id },
  });
  // #endregion
  return job;
}

async function retryJob(id: string) {
  // #region retryJob
  const job = await studio.call('retryJob', { params: { id } });
  // #endregion
  return job;
}

async function deleteJob(id: string) {
  // #region deleteJob
  await studio.call('deleteJob', { params: { id } });
  // #endregion
}

assert.equal((await dryRun()).params.num_layers, 4);
const { id } = await generate();
assert.equal((await generate()).id, id);
assert.match(await getJobEvents(id), /"status":"completed"/);
assert.equal((await getJob(id)).status, 'completed');
assert.equal((await listJobs()).items[0]?.id, id);
await getJobOutput(id);
assert.ok((await stat('background.png')).size > 0);
assert.match((await linkJobOutput(id)).url, /signature=/);
await getJobArchive(id);
assert.ok((await stat('layers.zip')).size > 0);
// A job without previews, or one that has ended, has none.
await assert.rejects(getJobPreview(id), ProblemError);

// The queue rests, so that what is cancelled has not been begun.
await studio.call('stopQueue');
const other = (await studio.call('generate', {
  body: { pipeline: 'cutout', image },
})) as Job;
assert.equal((await cancelJob(other.id)).status, 'cancelled');
assert.equal((await retryJob(other.id)).status, 'pending');
await studio.call('startQueue');
assert.equal((await untilEnded(other.id)).status, 'completed');
await deleteJob(other.id);

assert.equal((await generateAndWait()).status, 'completed');
