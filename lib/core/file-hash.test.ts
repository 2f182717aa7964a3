import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { sha256OfFile } from './file-hash.ts';

test('hashes a file, however many pieces it is read in', async () => {
  const path = join(temporaryFolder(), 'a');
  writeFileSync(path, 'a'.repeat(1_000_000));
  // The third test vector of FIPS 180-2.
  expect(await sha256OfFile(path)).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
});

test('says what the file system says of a file that is not there', async () => {
  await expect(sha256OfFile(join(temporaryFolder(), 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
});
