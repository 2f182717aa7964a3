import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder for more than one test, or for none; whoever asks for it removes it. */
export function lastingFolder(): string {
  return mkdtempSync(join(tmpdir(), 'multiplane-test-'));
}
