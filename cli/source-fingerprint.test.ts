import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { sourceFingerprint } from './source-fingerprint.ts';

test('changes with what the web process is built from, and not with its tests', async () => {
  const root = temporaryFolder();
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  for (const folder of ['app', 'components', 'lib', 'public']) mkdirSync(join(root, folder));
  const settings = [
    'package.json',
    'package-lock.json',
    'next.config.ts',
    'instrumentation.ts',
    'proxy.ts',
    'postcss.config.mjs',
    'tsconfig.json',
  ];
  for (const file of [...settings, 'app/page.tsx', 'lib/a.test.ts', 'components/a.test.tsx'])
    write(file, '1');
  const first = await sourceFingerprint(root);
  write('lib/a.test.ts', '2');
  write('components/a.test.tsx', '2');
  expect(await sourceFingerprint(root)).toBe(first);
  const seen = new Set([first]);
  for (const file of ['package.json', 'proxy.ts', 'app/page.tsx', 'public/new.svg']) {
    write(file, '2');
    seen.add(await sourceFingerprint(root));
  }
  expect(seen.size).toBe(5);
});
