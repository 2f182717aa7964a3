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
  expect(() => readSettings(environment)).toThrow(
    /PORT[\s\S]*MULTIPLANE_ADMIN_PASSWORD|MULTIPLANE_ADMIN_PASSWORD/,
  );
  expect(() => readSettings(environment)).toThrow('MULTIPLANE_PROVIDER');
});

test('an empty variable counts as one that is not set', () => {
  expect(readSettings({ PORT: '', MULTIPLANE_ADMIN_EMAIL: '' })).toMatchObject({ port: 3000, admin: null });
});

test('the administrator needs both an address and a password', () => {
  expect(readSettings({ MULTIPLANE_ADMIN_EMAIL: 'a@b.example' }).admin).toBeNull();
});
