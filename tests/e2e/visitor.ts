import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { type Api, PASSWORD } from './api.ts';
import type { Studio } from './studio.ts';

/* People who visit a studio, in a real browser that is there for the tests of the file that imports this. */

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/**
 * A browser of its own that fails the test when a page reports an error, such as that its policy forbids something.
 * @param expected errors that are what the test is about
 */
export async function visit(
  studio: Studio,
  options: Parameters<Browser['newContext']>[0] = {},
  expected = /^$/,
) {
  const context = await browser.newContext({ baseURL: studio.url, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  onTestFinished(async () => {
    await context.close();
    const unexpected = errors.filter((text) => !expected.test(text));
    expect(unexpected.filter((text) => !/40[14]|ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([]);
  });
  return page;
}

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in');
  await enter(page, email, password);
}

/** At the door. */
export async function enter(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function signedIn(
  studio: Studio,
  api: Api,
  options?: Parameters<Browser['newContext']>[0],
): Promise<Page> {
  const page = await visit(studio, options);
  await signIn(page, api.email);
  await page.getByRole('heading', { name: 'Queue' }).waitFor();
  return page;
}

export async function layPhoto(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await layPhotos(page, { [name]: bytes });
}

/** Lay photos on the desk, by their names. */
export async function layPhotos(page: Page, photos: Record<string, Uint8Array>): Promise<void> {
  const files = Object.entries(photos).map(([name, bytes]) => ({
    name,
    mimeType: 'image/jpeg',
    buffer: Buffer.from(bytes),
  }));
  await page.locator('input[type=file]').first().setInputFiles(files);
}
