import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { isPresent, weightPath } from '#lib/models/weights';
import { temporaryFolder } from '#tests/temporary-folder';
import { createSessionCache } from './sessions.ts';

const installed = readSettings(process.env).weightsDir;
const cacheOf = (weightsDir: string) => createSessionCache({ provider: 'cpu', weightsDir, threads: 1 });

test('a model whose weights are not there is named, with what to do', async () => {
  const empty = temporaryFolder();
  await expect(cacheOf(empty).open('u2netp')).rejects.toMatchObject({
    code: 'weights_missing',
    message: 'U²-Net-p is not on this machine yet.',
    suggestion: expect.stringContaining('models download u2netp'),
  });
});

test('says which model it loads, and when that is over, even where it fails', async () => {
  const broken = temporaryFolder();
  const weight = findModel('u2netp')!.weights[0]!;
  await writeFile(weightPath(broken, weight), Buffer.alloc(weight.sizeBytes, 7));
  const cache = cacheOf(broken);
  const told: (string | null)[] = [];
  cache.onLoading = (title) => told.push(title);
  await cache.open('u2netp').catch(() => undefined);
  await cache.open('migan').catch(() => undefined);
  expect(told).toEqual(['U²-Net-p', null]);
});

test('weights that cannot be read are no crash, and their path is not told', async () => {
  const broken = temporaryFolder();
  const weight = findModel('u2netp')!.weights[0]!;
  await writeFile(weightPath(broken, weight), Buffer.alloc(weight.sizeBytes, 7));
  const failure = await cacheOf(broken)
    .open('u2netp')
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'model_unfit' });
  expect(String(failure)).not.toContain(broken);
});

test.skipIf(!isPresent(installed, findModel('fastdepth')!))(
  'a session is opened once, until it is let go',
  async () => {
    const cache = cacheOf(installed);
    const [first, second] = await Promise.all([cache.open('fastdepth'), cache.open('fastdepth')]);
    expect(second).toBe(first);
    await cache.release();
    const again = await cache.open('fastdepth');
    expect(again).not.toBe(first);
    await cache.release();
  },
);
