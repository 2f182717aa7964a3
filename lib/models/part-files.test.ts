import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { sampleWeight } from '#tests/weights';
import { leavePart, newPart, takePart } from './part-files.ts';

const { weight } = sampleWeight('https://unused');

/** An unfinished file as another process of this machine would have named it. */
function partOf(dir: string, pid: number | undefined, content: string): string {
  const own = newPart(dir, weight);
  leavePart(own);
  const path = own.replace(`-${process.pid}-`, `-${pid}-`);
  writeFileSync(path, content);
  return path;
}

it('goes on with the longest file that a killed process left, and removes the rest', async () => {
  const dir = temporaryFolder();
  const { pid } = spawnSync(process.execPath, ['--version']);
  partOf(dir, pid, 'short');
  partOf(dir, pid, 'much longer');
  const part = await takePart(dir, weight);
  expect(readFileSync(part, 'utf8')).toBe('much longer');
  expect(readdirSync(dir)).toHaveLength(1);
});

it('leaves alone what a living process is writing', async () => {
  const dir = temporaryFolder();
  const theirs = partOf(dir, process.ppid, 'in progress');
  const mine = await takePart(dir, weight);
  writeFileSync(mine, 'mine');
  const second = await takePart(dir, weight);
  expect([theirs, mine]).not.toContain(second);
  expect(readFileSync(theirs, 'utf8')).toBe('in progress');
});

it("takes over another machine's file only once it has long stopped growing", async () => {
  const dir = temporaryFolder();
  const own = partOf(dir, 1, 'elsewhere');
  const theirs = join(dir, `${weight.sha256}.0badcafe-1-00000000.part`);
  renameSync(own, theirs);
  await takePart(dir, weight);
  expect(readFileSync(theirs, 'utf8')).toBe('elsewhere');
  utimesSync(theirs, 0, 0);
  expect(readFileSync(await takePart(dir, weight), 'utf8')).toBe('elsewhere');
});
