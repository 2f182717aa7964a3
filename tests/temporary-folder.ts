import { rm } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { lastingFolder } from './lasting-folder.ts';

/** An empty folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = lastingFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
