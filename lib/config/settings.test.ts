import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('needs nothing, and keeps everything under one data folder', () => {
  const settings = readSettings({});
  expect(settings.databaseUrl).toMatch(/^file:\/\/.*\/data\/multiplane\.db$/);
  expect(settings.filesDir.startsWith(settings.dataDir)).toBe(true);
  expect(settings.weightsDir.startsWith(settings.dataDir)).toBe(true);
});

test('says everything that is wrong at once', () => {
  const environment = { PORT: 'web', MULTIPLANE_PROVIDER: 'abacus', MULTIPLANE_ADMIN_PASSWORD: 'short' };
  const wrong = ['PORT', 'MULTIPLANE_PROVIDER', 'MULTIPLANE_ADMIN_PASSWORD', 'MULTIPLANE_ADMIN_EMAIL'];
  for (const name of wrong) expect(() => readSettings(environment)).toThrow(`${name}: `);
});

test.each([
  ['PORT', 'web', 'a whole number from 1 to 65535'],
  ['PORT', '-0.5', 'a whole number from 1 to 65535'],
  ['MULTIPLANE_POLL_MS', '9', 'a whole number, at least 10'],
  ['MULTIPLANE_REGISTRATION', 'maybe', 'true or false (also 1 or 0, on or off)'],
  ['MULTIPLANE_PROVIDER', 'abacus', 'one of auto, cpu, webgpu, cuda'],
  ['MULTIPLANE_ADMIN_EMAIL', 'ann', 'an e-mail address'],
  ['MULTIPLANE_ADMIN_PASSWORD', 'short', '10 to 200 characters'],
  [
    'MULTIPLANE_CORS_ORIGINS',
    'app.example',
    'origins such as https://app.example, separated by commas, or *',
  ],
  [
    'MULTIPLANE_CORS_ORIGINS',
    'https://a.example/x',
    'origins such as https://app.example, separated by commas, or *',
  ],
])('%s=%s is answered with what it takes, once', (name, value, takes) => {
  const both = { MULTIPLANE_ADMIN_EMAIL: 'a@b.example', MULTIPLANE_ADMIN_PASSWORD: 'long enough' };
  const message = `These settings cannot be used:\n  ${name}: ${takes}`;
  expect(() => readSettings({ ...both, [name]: value })).toThrow(new Error(message));
});

test('other sites and an endpoint for prompts are named by their addresses', () => {
  const origins = 'https://app.example/, http://localhost:5173';
  const endpoint = { MULTIPLANE_ENHANCE_URL: 'http://10.0.0.7:11434/v1/', MULTIPLANE_ENHANCE_MODEL: 'tiny' };
  expect(readSettings({ MULTIPLANE_CORS_ORIGINS: origins, ...endpoint })).toMatchObject({
    corsOrigins: ['https://app.example', 'http://localhost:5173'],
    enhance: { url: 'http://10.0.0.7:11434/v1', key: null, model: 'tiny' },
  });
  expect(readSettings({})).toMatchObject({
    corsOrigins: [],
    enhance: null,
    hstsSeconds: 0,
    logPrompts: false,
  });
  expect(() => readSettings({ MULTIPLANE_ENHANCE_URL: 'http://a.example' })).toThrow(
    'MULTIPLANE_ENHANCE_MODEL: ',
  );
});

test('an empty variable counts as one that is not set', () => {
  expect(readSettings({ PORT: '', MULTIPLANE_ADMIN_EMAIL: '' })).toMatchObject({ port: 3000, admin: null });
});

test('the administrator needs both an address and a password', () => {
  const [email, password] = ['a@b.example', 'long enough'];
  const both = { MULTIPLANE_ADMIN_EMAIL: email, MULTIPLANE_ADMIN_PASSWORD: password };
  expect(readSettings(both).admin).toEqual({ email, password });
  expect(() => readSettings({ MULTIPLANE_ADMIN_EMAIL: email })).toThrow('MULTIPLANE_ADMIN_PASSWORD: ');
  expect(() => readSettings({ ...both, MULTIPLANE_ADMIN_EMAIL: '' })).toThrow('MULTIPLANE_ADMIN_EMAIL: ');
});

test.each([
  ['PORT', '0'],
  ['MULTIPLANE_DATABASE_URL', 'postgres://studio.example'],
  ['MULTIPLANE_DATABASE_URL', 'http://'],
  ['MULTIPLANE_DATABASE_URL', '/srv/multiplane.db'],
  ['MULTIPLANE_MAX_UPLOAD_BYTES', String(30 * 1024 * 1024 + 1)],
])('%s cannot be %s', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(`${name}: `);
});

test.each(['libsql://studio.example', 'http://database:8080', 'wss://studio.example/queue'])(
  'the database may be a server: %s',
  (url) => {
    const given = { MULTIPLANE_DATABASE_URL: url, MULTIPLANE_DATABASE_TOKEN: 'a.b.c' };
    expect(readSettings(given)).toMatchObject({ databaseUrl: url, databaseToken: 'a.b.c' });
  },
);

test('a database elsewhere and pictures of 30 MB are fine', () => {
  const given = { MULTIPLANE_DATABASE_URL: 'file:///srv/a.db', MULTIPLANE_MAX_UPLOAD_BYTES: '31457280' };
  expect(readSettings(given)).toMatchObject({ databaseUrl: 'file:///srv/a.db', maxUploadBytes: 31_457_280 });
});

const KEYS = { MULTIPLANE_S3_ACCESS_KEY_ID: 'id', MULTIPLANE_S3_SECRET_ACCESS_KEY: 'secret' };

test('a bucket takes the place of the disk, with keys of its own or those of the machine', () => {
  expect(readSettings({}).bucket).toBeNull();
  const alone = { name: 'studio', endpoint: null, region: 'us-east-1', credentials: null, prefix: '' };
  expect(readSettings({ MULTIPLANE_S3_BUCKET: 'studio' }).bucket).toEqual(alone);
  const given = { ...KEYS, MULTIPLANE_S3_BUCKET: 'studio', MULTIPLANE_S3_PREFIX: 'a/b' };
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
  expect(readSettings(given).bucket).toEqual({ ...alone, credentials, prefix: 'a/b' });
});

test.each([
  ['MULTIPLANE_S3_BUCKET', { MULTIPLANE_S3_BUCKET: 'Not A Bucket' }],
  ['MULTIPLANE_S3_ENDPOINT', { MULTIPLANE_S3_BUCKET: 'studio', MULTIPLANE_S3_ENDPOINT: 'store:9000' }],
  ['MULTIPLANE_S3_PREFIX', { MULTIPLANE_S3_BUCKET: 'studio', MULTIPLANE_S3_PREFIX: '/a/' }],
  ['MULTIPLANE_S3_SECRET_ACCESS_KEY', { MULTIPLANE_S3_BUCKET: 'studio', MULTIPLANE_S3_ACCESS_KEY_ID: 'id' }],
  ['MULTIPLANE_S3_ENDPOINT', { MULTIPLANE_S3_ENDPOINT: 'http://store:9000' }],
])('%s is wrong in %o', (name, given) => {
  expect(() => readSettings(given)).toThrow(`${name}: `);
});
