import { afterAll, beforeAll, expect, test } from 'vitest';
import { Api, PASSWORD } from './api.ts';
import { Studio } from './studio.ts';
import { enter, signedIn, signIn, visit } from './visitor.ts';

let studio: Studio;
let api: Api;

beforeAll(async () => {
  studio = await Studio.create();
  api = await Api.create(studio, 'admin');
  await studio.startWeb();
});
afterAll(() => studio.dispose());

test('makes an API key, has another take its place, and ends it', async () => {
  const page = await signedIn(studio, await Api.create(studio));
  await page.goto('/account');
  await page.getByLabel('Name of a new key').fill('Build script');
  await page.getByLabel('Expires').selectOption('In 30 days');
  await page.getByRole('checkbox', { name: /^Make jobs/ }).uncheck();
  await page.getByRole('button', { name: 'Create key' }).click();
  const shown = page.locator('code').filter({ hasText: /^mp_[\w-]{43}$/ });
  const old = await shown.innerText();
  const statusWith = async (key: string, path: string, method = 'GET') =>
    (await fetch(`${studio.url}${path}`, { method, headers: { 'X-API-Key': key } })).status;
  expect(await statusWith(old, '/api/v1/jobs')).toBe(200);
  expect(await statusWith(old, '/api/v1/queue/stop', 'POST')).toBe(403);
  const row = page.getByRole('listitem').filter({ hasText: 'Build script' });
  await row.filter({ hasText: /See jobs.*expires in (29|30) days/s }).waitFor();

  await row.getByRole('button', { name: 'Rotate' }).click();
  const asked = page.getByRole('dialog', { name: 'Rotate “Build script”?' });
  await asked.getByLabel('The old key goes on for').selectOption('Not at all');
  await asked.getByRole('button', { name: 'Rotate' }).click();
  await shown.filter({ hasNotText: old }).waitFor();
  const successor = await shown.innerText();
  expect(await statusWith(old, '/api/v1/jobs')).toBe(401);
  expect(await statusWith(successor, '/api/v1/jobs')).toBe(200);

  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await row.waitFor({ state: 'detached' });
  expect(await statusWith(successor, '/api/v1/jobs')).toBe(401);
});

test('does nothing for a form of another site, and its cookies are not for one', async () => {
  const ann = await Api.create(studio);
  const page = await signedIn(studio, ann);
  const cookies = await page.context().cookies();
  expect(cookies.find(({ name }) => name === 'authjs.session-token')).toMatchObject({
    httpOnly: true,
    sameSite: 'Lax',
  });
  await page.goto('/account');
  await page.getByLabel('Name of a new key').fill('Mine');
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByText('It is not shown again.').waitFor();
  const { 'content-length': _, cookie: __, ...headers } = await (await sent).allHeaders();
  const data = (await sent).postDataBuffer()!;
  const sendFrom = async (origin: string) => {
    const answer = await page.request.post('/account', { headers: { ...headers, origin }, data });
    const { items } = await ann.json<{ items: { name: string }[] }>('/api/v1/api-keys');
    return [answer.ok(), items.filter(({ name }) => name === 'Mine').length];
  };
  expect(await sendFrom('https://evil.example')).toEqual([false, 1]);
  expect(await sendFrom(studio.url)).toEqual([true, 2]);
});

test('seals the session in a secure cookie where it is come to by https', async () => {
  const https = { 'X-Forwarded-Proto': 'https' };
  const asked = await fetch(`${studio.url}/api/auth/csrf`, { headers: https });
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const cookie = asked.headers.getSetCookie().map((each) => each.split(';')[0]!);
  const answer = await fetch(`${studio.url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { ...https, Cookie: cookie.join('; ') },
    body: new URLSearchParams({ csrfToken, email: api.email, password: PASSWORD }),
    redirect: 'manual',
  });
  const session = answer.headers.getSetCookie().find((each) => each.includes('session-token='));
  expect(session).toMatch(/^__Secure-authjs.*; HttpOnly; Secure; SameSite=Lax/);
});

test('puts down who signed in and who was refused, and from where, whatever they say themselves', async () => {
  const ann = await Api.create(studio);
  const page = await visit(studio, { extraHTTPHeaders: { 'X-Forwarded-For': '203.0.113.9' } });
  await signIn(page, ann.email, 'not the password');
  await page.getByRole('alert').filter({ hasText: 'do not match' }).waitFor();
  await enter(page, ann.email, PASSWORD);
  await page.getByRole('heading', { name: 'Queue' }).waitFor();
  const { items } = await api.json<{ items: Record<string, unknown>[] }>('/api/v1/audit?limit=100');
  const about = items.filter(({ subject }) => subject === ann.email);
  expect(about).toMatchObject([
    { action: 'sign_in.accepted', actor_id: ann.actor.userId, address: '127.0.0.1' },
    { action: 'sign_in.refused', actor_id: null, address: '127.0.0.1' },
  ]);
});

test('reads no sign-in without end', async () => {
  const body = new URLSearchParams({ email: 'a'.repeat(20_000) });
  const answer = await fetch(`${studio.url}/api/auth/callback/credentials`, { method: 'POST', body });
  expect(answer.status).toBe(413);
});

test('runs no script that somebody has got into a page', async () => {
  const page = await visit(studio, {}, /violates the following Content Security Policy/);
  const policy = (await page.goto('/sign-in'))!.headers()['content-security-policy']!;
  const [, nonce] = /script-src [^;]*'nonce-([^']+)'/.exec(policy)!;
  const nonces = await page.locator('script').evaluateAll((scripts) => scripts.map((script) => script.nonce));
  expect(new Set(nonces)).toEqual(new Set([nonce]));
  const refused = page.evaluateHandle(() => {
    document.body.insertAdjacentHTML('beforeend', '<button onclick="document.title = 1">Press</button>');
    const directive = new Promise((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective)),
    );
    return { directive };
  });
  const { directive } = Object.fromEntries(await (await refused).getProperties());
  await page.getByRole('button', { name: 'Press' }).click();
  expect(await directive!.evaluate((directive) => directive)).toBe('script-src-attr');
  expect(await page.title()).not.toBe('1');
});
