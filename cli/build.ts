import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { buildCommand, startProcess } from './processes.ts';
import { sourceFingerprint } from './source-fingerprint.ts';

const STAMP = '.next/multiplane-sources';

/** Build the web process for production, unless these very sources are built already. */
export async function ensureBuilt(): Promise<void> {
  const wanted = await sourceFingerprint();
  const built = await readFile(STAMP, 'utf8').catch(() => null);
  if (built === wanted) return;
  await rm(STAMP, { force: true });
  const [code] = await once(startProcess(buildCommand), 'exit');
  if (code !== 0) throw new Error('The build failed; what it printed above says why.');
  await writeFile(STAMP, wanted);
}
