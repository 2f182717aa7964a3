import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerOfApiKey } from '#lib/auth/api-key-caller';
import { drawnPhoto } from '../photos.ts';
import { Studio } from './studio.ts';

let studio: Studio;
let folder: string;

beforeAll(async () => {
  studio = await Studio.create();
  folder = await mkdtemp(join(tmpdir(), 'multiplane-cli-'));
});
afterAll(async () => {
  await studio.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** Run it as a person would. */
function multiplane(...args: string[]) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'multiplane', '--', ...args], {
    env: studio.env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('an account and a key are made, and nothing but the key is printed', async () => {
  const user = multiplane('users', 'create', '--email', 'Ann@example.org', '--password', 'a long password');
  expect(user.status).toBe(0);
  const scopes = ['--scope', 'jobs:read', '--scope', 'models:write', '--expires-days', '30'];
  const { status, stdout } = multiplane('keys', 'create', '--email', 'ann@example.org', ...scopes);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^mp_[\w-]+\n$/);
  const callerAt = (moment: number) => callerOfApiKey(studio.db, stdout.trim(), moment);
  const caller = await callerAt(studio.now());
  expect(caller?.actor).toEqual({ userId: user.stdout.trim(), role: 'user' });
  expect(caller?.via).toMatchObject({ scopes: ['jobs:read', 'models:write'] });
  expect(await callerAt(studio.now() + 30 * 24 * 60 * 60_000)).toBeNull();
});

test('a key for nobody is refused, with what to do', () => {
  const { status, stdout, stderr } = multiplane('keys', 'create', '--email', 'nobody@example.org');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('users create --email nobody@example.org');
});

test('the main job runs without a server', async () => {
  const photo = join(folder, 'photo.jpg');
  await writeFile(photo, (await drawnPhoto(320, 240)).bytes);
  const out = join(folder, 'out');
  const { status, stdout } = multiplane('run', 'photo-realistic', photo, '--out', out, '--num-layers', '3');
  expect(status).toBe(0);
  const expected = [
    'Layer_1_background.png',
    'Layer_2_midground.png',
    'Layer_3_foreground.png',
    'composite.png',
    'depth.png',
    'layer_manifest.json',
    'layers.psd',
    'receipt.json',
  ];
  expect((await readdir(out)).sort()).toEqual(expected);
  expect(stdout.trim().split('\n').sort()).toEqual(expected.map((name) => join(out, name)));
});

test.each([
  [['--num-layers', '9'], 'num_layers'],
  [['--model', 'abacus'], 'abacus'],
])('a run with %j is refused and writes nothing', async (options, mention) => {
  const photo = join(folder, 'again.jpg');
  await writeFile(photo, (await drawnPhoto(320, 240)).bytes);
  const out = join(folder, 'refused');
  const { status, stderr } = multiplane('run', 'photo-realistic', photo, '--out', out, ...options);
  expect(status).toBe(1);
  expect(stderr).toContain(mention);
  expect(await readdir(out).catch(() => [])).toEqual([]);
});
