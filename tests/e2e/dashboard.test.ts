import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { drawnPhoto } from '../photos.ts';
import { waitFor } from '../wait-for.ts';
import { Api, PASSWORD } from './api.ts';
import { runningStudio } from './running.ts';
import { Studio } from './studio.ts';
import { enter, layPhoto, signedIn, signIn, visit } from './visitor.ts';

const PHONE = { width: 390, height: 844 };

describe('a new installation', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await Studio.create();
    await Promise.all([studio.startWeb(), studio.startWorker()]);
  });
  afterAll(() => studio.dispose());

  test('makes its first visitor the administrator, once, and shows them a job run', async () => {
    const page = await visit(studio);
    await page.goto('/');
    await page.waitForURL('**/setup');
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Email').fill('ada@example.test');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('progressbar').first().waitFor();
    const result = page.getByRole('link', { name: /sample\.jpg Done/ });
    await result.waitFor();

    const stranger = await visit(studio);
    await stranger.goto('/setup');
    expect(new URL(stranger.url()).pathname).toBe('/sign-in');
  });
});

describe('the studio', () => {
  let studio: Studio;
  let api: Api;
  beforeAll(async () => {
    ({ studio, api } = await runningStudio('admin'));
  });
  afterAll(() => studio.dispose());

  test('takes a photo from the desk to its layers', async () => {
    const page = await signedIn(studio, api);
    await layPhoto(page, 'ball.jpg', (await drawnPhoto()).bytes);
    await page.getByRole('spinbutton', { name: 'Layers' }).fill('3');
    await page.getByRole('button', { name: 'Make layers' }).click();
    await page.getByRole('progressbar', { name: /^ball\.jpg/ }).waitFor();
    await page.getByRole('link', { name: /ball\.jpg Done/ }).click();
    await page.getByRole('heading', { name: '3 layers, far to near' }).waitFor();
    await expectPictures(page);
    await expectParallax(page);
    await expectDownloads(page);
  });

  test('says what is wrong with a photo, and keeps nothing of it', async () => {
    const page = await signedIn(studio, api);
    await layPhoto(page, 'notes.jpg', Buffer.from('These are not the pixels you are looking for.'));
    await page.getByRole('button', { name: 'Make layers' }).click();
    await page.getByRole('alert').filter({ hasText: 'not a picture' }).waitFor();
    const { items } = await api.client.call('listJobs');
    expect(items.flatMap(({ inputs }) => inputs.map(({ filename }) => filename))).not.toContain('notes.jpg');
  });

  test.each([PHONE, { width: 1440, height: 900 }])(
    'has room for why a photo was refused: %j',
    async (viewport) => {
      const page = await signedIn(studio, api, { viewport });
      const { bytes } = await drawnPhoto(63, 64);
      for (const count of [1, 2]) {
        await layPhoto(page, `small-${count}.jpg`, bytes);
        await page.getByRole('button', { name: /Make layers|Queue 2 jobs/ }).click();
        const reason = page.getByRole('alert').filter({ hasText: '63×64' });
        await reason.nth(count - 1).waitFor();
        const others = page.locator('form[aria-label="New job"]').locator('button, label');
        for (const box of await boxes(reason))
          for (const other of await boxes(others))
            expect(overlap(box, other), JSON.stringify(other)).toBe(false);
      }
    },
  );

  test('pauses and resumes the queue, and loses nothing while the server does not answer', async () => {
    const page = await signedIn(studio, await Api.create(studio));
    await layPhoto(page, 'kept.jpg', (await drawnPhoto(200, 150)).bytes);
    const cutOff = '**/';
    await page.route(cutOff, (route) => route.abort('internetdisconnected'));
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('alert').filter({ hasText: 'did not answer' }).waitFor();
    await page.unroute(cutOff);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('status').filter({ hasText: 'Your queue is paused' }).waitFor();
    expect(await page.getByRole('alert').filter({ hasText: 'did not answer' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Make layers' }).click();
    await page.getByRole('progressbar', { name: /^kept\.jpg/ }).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('link', { name: /kept\.jpg Done/ }).waitFor();
  });

  test('does not send a photo that is taken off the desk before its turn', async () => {
    const ann = await Api.create(studio);
    const page = await signedIn(studio, ann);
    const { bytes } = await drawnPhoto(200, 150);
    for (const name of ['first.jpg', 'second.jpg']) await layPhoto(page, name, bytes);
    let letGo!: () => void;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Queue 2 jobs' }).click();
    await page.getByRole('button', { name: 'Take second.jpg off the desk' }).click();
    letGo();
    await page.getByText('Lay a photo on the desk').waitFor();
    await page.getByRole('button', { name: 'Make layers' }).waitFor();
    const { items } = await ann.client.call('listJobs');
    expect(items.map(({ inputs }) => inputs[0]!.filename)).toEqual(['first.jpg']);
  });

  test('cancels, runs again and deletes a job with the keyboard alone', async () => {
    const { id } = await api.generate({ ...(await drawnPhoto(2400, 1800)), name: 'large.jpg' });
    const page = await signedIn(studio, api);
    await page.goto(`/jobs/${id}`);
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).last().focus();
      await page.keyboard.press('Enter');
    };
    await press('Cancel');
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
    await press('Run again');
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await press('Cancel');
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
    await press('Delete');
    await page.getByRole('dialog').waitFor();
    await press('Delete');
    await page.waitForURL('**/jobs');
    expect((await api.fetch(`/api/v1/jobs/${id}`)).status).toBe(404);
  });

  test.each(['light', 'dark'] as const)('fits a phone, %s', async (colorScheme) => {
    const { id } = await api.generate(await drawnPhoto(200, 150));
    await api.untilStatus(id, 'completed');
    const page = await signedIn(studio, api, { viewport: PHONE, colorScheme });
    for (const path of ['/', '/jobs', `/jobs/${id}`, '/account', '/docs', '/docs/jobs']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(
        PHONE.width,
      );
    }
  });

  test('shows anybody the reference of the API, scripts or none', async () => {
    const page = await visit(studio, { javaScriptEnabled: false });
    await page.goto('/docs');
    const contents = page.getByRole('navigation', { name: 'Contents' });
    await contents.getByRole('link', { name: 'Jobs', exact: true }).click();
    await contents.getByRole('link', { name: 'Make a job' }).click();
    expect(page.url()).toBe(`${studio.url}/docs/jobs#generate`);
    const section = page.getByRole('region', { name: 'Make a job' });
    await section.getByText('-F pipeline=photo-realistic').waitFor();
    await section.getByText('painterly', { exact: true }).first().click();
    await section.getByText('strength', { exact: true }).first().waitFor();
    await section.getByRole('link', { name: 'Job', exact: true }).first().click();
    await page
      .getByRole('region', { name: 'Job', exact: true })
      .getByText('queue_position', { exact: true })
      .waitFor();
  });

  test('ends every other session when the password changes', async () => {
    const ann = await Api.create(studio);
    const here = await signedIn(studio, ann);
    const elsewhere = await signedIn(studio, ann);
    await here.goto('/account');
    await here.getByLabel('Current password').fill(PASSWORD);
    await here.getByLabel('New password').fill('another long password');
    await here.getByRole('button', { name: 'Change password' }).click();
    await here.getByText('Your password is changed.').waitFor();
    await here.waitForURL('**/account');
    await here.reload();
    expect(await here.getByText('Your password is changed.').count()).toBe(0);
    await elsewhere.goto('/');
    expect(new URL(elsewhere.url()).pathname).toBe('/sign-in');
  });

  test("shows nobody another person's job", async () => {
    const { id } = await api.generate(await drawnPhoto(200, 150));
    const stranger = await signedIn(studio, await Api.create(studio));
    for (const path of [`/jobs/${id}`, `/jobs/${id}/preview/original?size=small`]) {
      const answer = await stranger.goto(path);
      expect(answer?.status(), path).toBe(404);
    }
    const nobody = await visit(studio);
    await nobody.goto(`/jobs/${id}`);
    await nobody.waitForURL('**/sign-in?**');
  });

  test('leads on to the page that was asked for, whatever is typed at the door first', async () => {
    const { id } = await api.generate(await drawnPhoto(200, 150));
    const page = await visit(studio);
    await page.goto(`/jobs/${id}`);
    await page.waitForURL('**/sign-in?**');
    await enter(page, api.email, 'not the password');
    await page.getByRole('alert').filter({ hasText: 'do not match' }).waitFor();
    await enter(page, api.email, PASSWORD);
    await page.waitForURL(`**/jobs/${id}`);
    await page.goto(`/sign-in?next=${encodeURIComponent('//evil.example/')}`);
    expect(page.url()).toBe(`${studio.url}/`);
  });

  test('says that the session has ended, keeps the photos, and goes on after signing in beside it', async () => {
    const ann = await Api.create(studio);
    const page = await signedIn(studio, ann);
    await layPhoto(page, 'kept.jpg', (await drawnPhoto(200, 150)).bytes);
    await page.context().clearCookies({ name: /session/ });
    await page.getByRole('button', { name: 'Make layers' }).click();
    await page.getByRole('alert').filter({ hasText: 'Your session has ended' }).waitFor();
    const link = page.getByRole('link', { name: 'Sign in in a new tab' });
    const [door] = await Promise.all([page.waitForEvent('popup'), link.click()]);
    await enter(door, ann.email, PASSWORD);
    await link.waitFor({ state: 'detached' });
    expect(await page.getByRole('img', { name: 'kept.jpg' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Make layers' }).click();
    await page.getByRole('progressbar', { name: /^kept\.jpg/ }).waitFor();
  });

  test('lets a visitor register, and turns a wrong password away', async () => {
    const page = await visit(studio);
    await page.goto('/register');
    await page.getByLabel('Your name').fill('Eve');
    await page.getByLabel('Email').fill('eve@example.test');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: /account/ }).click();
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    const wrong = await visit(studio);
    await signIn(wrong, 'eve@example.test', 'not the password');
    await wrong.getByRole('alert').first().waitFor();
    expect(new URL(wrong.url()).pathname).toBe('/sign-in');
  });
});

test('registration can be closed', async () => {
  const studio = await Studio.create({ MULTIPLANE_REGISTRATION: 'off' });
  onTestFinished(() => studio.dispose());
  await Api.create(studio, 'admin');
  await studio.startWeb();
  const page = await visit(studio);
  await page.goto('/register');
  await page
    .getByText(/closed/i)
    .first()
    .waitFor();
  expect(await page.getByRole('textbox').count()).toBe(0);
});

function boxes(parts: Locator): Promise<DOMRect[]> {
  return parts.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON()));
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Every picture on the page has been loaded. */
async function expectPictures(page: Page): Promise<void> {
  await waitFor('the pictures', () =>
    page.evaluate(() => {
      for (const image of document.images) image.loading = 'eager';
      return [...document.images].every((image) => image.complete && image.naturalWidth > 0);
    }),
  );
}

/** Looking aside moves the layers apart: each nearer one further to the same side. */
async function expectParallax(page: Page): Promise<void> {
  const viewer = page.getByRole('application');
  const positions = () =>
    viewer.locator('img').evaluateAll((images) => images.map((image) => image.getBoundingClientRect().x));
  const before = await positions();
  await viewer.focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowRight');
  await waitFor('the layers to move apart', async () => {
    const shifts = (await positions()).map((x, index) => x - before[index]!);
    const steps = shifts.slice(1).map((shift, index) => shift - shifts[index]!);
    return steps.every((step) => step > 1) || steps.every((step) => step < -1);
  });
}

async function expectDownloads(page: Page): Promise<void> {
  for (const name of ['Download PSD', 'depth.png']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name }).click(),
    ]);
    expect(await download.failure()).toBeNull();
  }
}
