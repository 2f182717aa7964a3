import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import { drawnPhoto } from '../photos.ts';
import { waitFor } from '../wait-for.ts';
import type { Api } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';
import { layPhoto, signedIn } from './visitor.ts';

const hasWeights = isPresent(readSettings(process.env).weightsDir, findModel('rife')!);

let studio: Studio;
let api: Api;
beforeAll(async () => {
  ({ studio, api } = await runningStudio('admin'));
});
afterAll(() => studio.dispose());

async function layBoth(page: Page, start: Uint8Array, end: Uint8Array): Promise<void> {
  await page.getByRole('radio', { name: /^Photo to video/ }).check();
  await layPhoto(page, 'start.jpg', start);
  const file = { name: 'end.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(end) };
  await page.getByLabel('Choose the end image').setInputFiles(file);
}

test('an end image of another shape is refused where it lies, until it is taken off', async () => {
  const page = await signedIn(studio, api);
  await layBoth(page, (await drawnPhoto(200, 150)).bytes, (await drawnPhoto(150, 150)).bytes);
  await page.getByRole('button', { name: 'Make video' }).click();
  await page.getByRole('alert').filter({ hasText: '1.00:1' }).filter({ hasText: '1.33:1' }).waitFor();
  await page.getByRole('button', { name: 'Take end.jpg off the desk' }).click();
  await page.getByLabel('Choose the end image').waitFor({ state: 'attached' });
  expect(await page.getByRole('alert').filter({ hasText: '1.33:1' }).count()).toBe(0);
});

test.skipIf(!hasWeights)('a start and an end image become a video that plays', async () => {
  const page = await signedIn(studio, api);
  const start = await drawnPhoto(320, 240);
  await layBoth(page, start.bytes, (await drawnPhoto(640, 480)).bytes);
  await page.getByRole('spinbutton', { name: 'Duration' }).fill('2');
  await page.getByRole('spinbutton', { name: 'Frames a second' }).fill('12');
  await page.getByLabel('Resolution').selectOption('480p');
  // Some builds of Chromium play only this one.
  await page.getByLabel('Also as').selectOption('webm');
  await page.getByRole('button', { name: 'Make video' }).click();
  const done = page.getByRole('link', { name: /start\.jpg Done/ });
  await done.waitFor({ timeout: 120_000 });
  // What was sent lies on the desk no more.
  await page.getByLabel('Choose the end image').waitFor({ state: 'attached' });
  const { items } = await api.client.call('listJobs');
  expect(items.map(({ inputs }) => inputs.map(({ role }) => role).sort())).toEqual([['end_image', 'image']]);

  await done.click();
  await page.getByRole('img', { name: 'Eight frames of the video in two rows' }).waitFor();
  await expectPlays(page, { duration: 2, height: 480 });
});

const wanMini = findModel('wan-mini');

test.skipIf(!wanMini)('a prompt alone becomes a video that plays, and stays on the desk', async () => {
  const page = await signedIn(studio, api);
  const prompt = 'a small red circle moves left over night';
  await page.getByRole('radio', { name: /^Prompt to video/ }).check();
  const words = page.getByRole('textbox', { name: 'Prompt', exact: true });
  await page.getByLabel('Model').selectOption('wan-mini');
  await words.fill('a small red circle');
  await page.getByRole('button', { name: 'Improve' }).click();
  await page.getByRole('status').filter({ hasText: 'its own small world' }).waitFor();
  expect(await words.inputValue()).toMatch(/^a small red circle \w+/);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await words.inputValue()).toBe('a small red circle');
  await words.fill(prompt);
  await page.getByRole('spinbutton', { name: 'Frames', exact: true }).fill('9');
  await page.getByRole('spinbutton', { name: 'Frames a second' }).fill('8');
  await page.getByRole('spinbutton', { name: 'Steps' }).fill('2');
  // As above.
  await page.getByLabel('Also as').selectOption('webm');
  await page.getByRole('button', { name: 'Make video' }).click();
  const done = page.getByRole('link', { name: new RegExp(`${prompt} Done`) });
  await done.waitFor({ timeout: 120_000 });
  expect(await words.inputValue()).toBe(prompt);

  await done.click();
  await page.getByText('9 frames, 8 frames a second').waitFor();
  await expectPlays(page, { duration: 9 / 8, height: wanMini!.generation!.size.default.height });
});

async function expectPlays(
  page: Page,
  { duration, height }: Record<'duration' | 'height', number>,
): Promise<void> {
  const video = page.locator('video');
  await video.evaluate((element: HTMLVideoElement) => element.play());
  await waitFor('the video to move on', () =>
    video.evaluate((element: HTMLVideoElement) => element.currentTime > 0.2),
  );
  const state = await video.evaluate((element: HTMLVideoElement) => ({
    duration: element.duration,
    height: element.videoHeight,
    loops: element.loop,
    poster: element.poster,
  }));
  expect(state).toMatchObject({ duration: expect.closeTo(duration, 1), height, loops: false });
  expect(state.poster).toMatch(/poster\.jpg$/);
}
