import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import packageJson from '../package.json' with { type: 'json' };

/* There is no Docker where the tests run: this is what can be known of compose.yaml and the Dockerfile without it. */

const COMPOSE = readFileSync('compose.yaml', 'utf8');
const DOCKERFILE = readFileSync('Dockerfile', 'utf8');

/** What tools/compose-secrets.mjs writes into .env. */
function secrets(): Record<string, string> {
  const { stdout } = spawnSync(process.execPath, ['tools/compose-secrets.mjs'], { encoding: 'utf8' });
  return Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/, 2)),
  );
}

/** The lines of compose.yaml that say a setting, their placeholders filled in. */
function settingsIn(text: string, env: Record<string, string>): Record<string, string> {
  const lines = [...text.matchAll(/^\s+(MULTIPLANE_\w+): (.+)$/gm)];
  return Object.fromEntries(
    lines.map(([, name, value]) => [
      name!,
      value!.replace(/^\$\{(\w+):.*\}$/, (_, secret: string) => env[secret]!),
    ]),
  );
}

/** Names of all settings, from where they are read. */
function knownSettings(): Set<string> {
  const files = readdirSync('lib/config').filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const text = files.map((name) => readFileSync(join('lib/config', name), 'utf8')).join('\n');
  return new Set([...text.matchAll(/^\s+(MULTIPLANE_\w+):/gm)].map(([, name]) => name!));
}

test('every setting of the containers is one, and together they are a studio on a server and a bucket', () => {
  const env = secrets();
  const given = settingsIn(COMPOSE, env);
  const inImage = [...DOCKERFILE.matchAll(/(MULTIPLANE_\w+)=/g)].map(([, name]) => name!);
  for (const name of [...Object.keys(given), ...inImage]) expect(knownSettings(), name).toContain(name);
  expect(readSettings(given)).toMatchObject({
    databaseUrl: 'http://database:8080',
    databaseToken: env['MULTIPLANE_DATABASE_TOKEN'],
    bucket: {
      name: 'multiplane',
      endpoint: 'http://store:9000',
      credentials: {
        accessKeyId: env['MULTIPLANE_S3_ACCESS_KEY_ID'],
        secretAccessKey: env['MULTIPLANE_S3_SECRET_ACCESS_KEY'],
      },
    },
    authSecret: env['MULTIPLANE_AUTH_SECRET'],
  });
});

test('every secret that has to be given is made, and no other', () => {
  const wanted = [...COMPOSE.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name!);
  expect(new Set(Object.keys(secrets()))).toEqual(new Set(wanted));
});

test('the containers start what the scripts of the package start', () => {
  const commands = [...COMPOSE.matchAll(/^ {4}command: \[(.+)\]$/gm)].map(([, list]) =>
    list!.split(', ').join(' '),
  );
  const { start, worker } = packageJson.scripts;
  expect(commands).toEqual([`node_modules/.bin/${start}`, worker]);
  const [image] = [...DOCKERFILE.matchAll(/^CMD (.+)$/gm)].map(([, list]) =>
    (JSON.parse(list!) as string[]).join(' '),
  );
  expect(image).toBe(commands[0]);
  for (const [, script] of DOCKERFILE.matchAll(/npm run (?:-s )?(\w+)/g)) {
    expect(Object.keys(packageJson.scripts)).toContain(script);
  }
});
