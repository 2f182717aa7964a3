import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readReceipt } from '#lib/pipelines/receipt/receipt';
import { drawnPhoto } from '../photos.ts';
import { readZip } from '../zip.ts';
import type { Api } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

let studio: Studio;
let api: Api;
let folder: string;

beforeAll(async () => {
  ({ studio, api } = await runningStudio());
  folder = await mkdtemp(join(tmpdir(), 'multiplane-receipts-'));
});
afterAll(async () => {
  await studio.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function commentOf(id: string, name: string): Promise<string | undefined> {
  const { comments } = await sharp(await api.output(id, name)).metadata();
  return comments?.find(({ keyword }) => keyword === 'Comment')?.text;
}

test('the receipt of a job is among its files, and the job can be done again by it where it was done', async () => {
  const { id } = await api.generate(await drawnPhoto(320, 240), { num_layers: '2' });
  const { outputs } = await api.untilStatus(id, 'completed');
  const bytes = await api.output(id, 'receipt.json');
  const receipt = readReceipt(bytes.toString());
  expect(receipt.run.job_id).toBe(id);
  const served = outputs.filter(({ role }) => role !== 'receipt');
  expect(receipt.outputs.map(({ name, sha256 }) => ({ name, sha256 }))).toEqual(
    served.map(({ name, sha256 }) => ({ name, sha256 })),
  );
  const stamp = JSON.parse((await commentOf(id, 'composite.png'))!) as Record<string, unknown>;
  const { params, inputs, models, versions } = receipt;
  expect(stamp).toMatchObject({ app: 'multiplane', params, inputs, models, versions });

  const zip = await api.fetch(`/api/v1/jobs/${id}/archive`);
  const files = readZip(Buffer.from(await zip.arrayBuffer()));
  expect(files.get('receipt.json')).toEqual(bytes);

  const path = join(folder, 'receipt.json');
  await writeFile(path, bytes);
  const command = ['run', '-s', 'multiplane', '--', 'verify', path];
  const { status, stdout } = spawnSync('npm', command, { env: studio.env, encoding: 'utf8' });
  const results = stdout.trim().split('\n').slice(1);
  expect(results.map((line) => line.split(/ +/))).toEqual(served.map(({ name }) => [name, 'same']));
  expect(status).toBe(0);
});

test('a job that is asked to embed nothing gives pictures without a stamp, and a receipt', async () => {
  const photo = await drawnPhoto(160, 120);
  const { id } = await api.generate(photo, { num_layers: '2', embed_metadata: 'false' });
  const { outputs, params } = await api.untilStatus(id, 'completed');
  expect(params).toEqual({ num_layers: 2, embed_metadata: false });
  for (const { name } of outputs.filter(({ content_type: type }) => type === 'image/png')) {
    expect(await commentOf(id, name), name).toBeUndefined();
  }
  expect(readReceipt((await api.output(id, 'receipt.json')).toString()).params).toEqual(params);
});
