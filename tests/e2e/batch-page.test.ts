import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawnPhoto } from '../photos.ts';
import { Api } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';
import { layPhotos, signedIn } from './visitor.ts';

let studio: Studio;
let api: Api;

beforeAll(async () => {
  ({ studio, api } = await runningStudio('admin'));
});
afterAll(() => studio.dispose());

test('photos sent together are watched, paused, resumed, cancelled and downloaded together', async () => {
  const page = await signedIn(studio, api);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  const { bytes } = await drawnPhoto(200, 150);
  const broken = Buffer.from('These are not the pixels you are looking for.');
  await layPhotos(page, { 'first.jpg': bytes, 'second.jpg': bytes, 'notes.jpg': broken, 'third.jpg': bytes });
  await page.getByRole('button', { name: 'Queue 4 jobs' }).click();
  await page.getByRole('alert').filter({ hasText: 'not a picture' }).waitFor();
  await page.getByRole('button', { name: 'Take notes.jpg off the desk' }).click();
  await page.getByRole('link', { name: 'Batch', exact: true }).waitFor();
  await page.getByRole('link', { name: 'See the batch' }).click();

  await page.getByRole('heading', { name: '4 photos' }).waitFor();
  await page.getByText('3 waiting, 1 not taken').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('status').filter({ hasText: 'This batch is paused' }).waitFor();
  await page.goto('/');
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.getByRole('link', { name: 'Batch', exact: true }).click();
  await page.getByText('3 waiting, 1 not taken').waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByText('3 done, 1 not taken').waitFor();

  const link = page.getByRole('link', { name: 'Download all' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  expect(await download.failure()).toBeNull();
  await page.getByRole('link', { name: 'first.jpg' }).click();
  await page.getByRole('link', { name: 'Its batch' }).click();
  await page.getByRole('link', { name: 'All batches' }).click();
  await page.getByRole('link', { name: '4 photos' }).waitFor();
});

test('what is left of a batch can be cancelled', async () => {
  const page = await signedIn(studio, await Api.create(studio));
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  const { bytes } = await drawnPhoto(200, 150);
  await layPhotos(page, { 'first.jpg': bytes, 'second.jpg': bytes });
  await page.getByRole('button', { name: 'Queue 2 jobs' }).click();
  await page.getByRole('link', { name: 'See the batch' }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel the rest' }).click();
  await page.getByText('2 cancelled').waitFor();
  expect(await page.getByRole('button', { name: 'Cancel', exact: true }).count()).toBe(0);
});
