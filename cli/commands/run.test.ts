import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { drawnPhoto } from '#tests/photos';
import { temporaryFolder } from '#tests/temporary-folder';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

/** The command on a photo of the folder, on a machine without weights. */
function run(photo: string, ...options: string[]) {
  const [out, env] = [join(folder, 'out'), { ...process.env, MULTIPLANE_WEIGHTS_DIR: folder }];
  const command = ['run', 'photo-realistic', join(folder, photo), '--out', out, ...options];
  return spawnSync(process.execPath, ['--import', 'tsx', 'cli/index.ts', ...command], {
    encoding: 'utf8',
    env,
  });
}

test.each([
  [[], 'models download'],
  [['--model', 'abacus'], 'There is no model called “abacus”.'],
  [['--model', 'migan'], 'not depth'],
])('a model that cannot be used (%j) is told before anything starts', async (options, told) => {
  writeFileSync(join(folder, 'photo.jpg'), (await drawnPhoto(80, 80)).bytes);
  const { status, stderr } = run('photo.jpg', ...options);
  expect(status).toBe(1);
  expect(stderr).toContain(told);
  expect(stderr).not.toContain('Measuring');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('a photo for what makes its video out of words alone is refused', () => {
  const words = ['run', 't2v', 'photo.jpg', '--prompt', 'a red circle', '--out', join(folder, 'out')];
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'cli/index.ts', ...words], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining("too many arguments for 't2v'")]);
});

test('what is not a photo is refused in sentences', () => {
  writeFileSync(join(folder, 'notes.txt'), 'These are no pixels.');
  expect(run('notes.txt').stderr).toMatch(/^This file is not a picture [^\n]+\nSend [^\n]+\n$/);
  expect(run('.').stderr).toMatch(/ is not a file\.\nName one photo\.\n$/);
});
