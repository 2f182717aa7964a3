import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, vi } from 'vitest';
import { drawnPhoto } from '../photos.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { Api } from './api.ts';

/* The examples that the reference shows, carried out as whoever reads them would. */

/** In an order in which none is surprised by what another left. */
const CHAPTERS = 'queue usage models prompts api-keys operation uploads jobs batches webhooks'.split(' ');

/** What the examples know of where they are: a studio, a key, an address for webhooks. */
function environment(api: Api, receiver: string): Record<string, string> {
  return { MULTIPLANE: api.studio.url, KEY: api.key, RECEIVER: receiver };
}

/** A folder with the pictures that they send. */
async function folderWithPhotos(): Promise<string> {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'photo.jpg'), (await drawnPhoto(200, 150)).bytes);
  await writeFile(join(folder, 'second.jpg'), (await drawnPhoto(160, 120)).bytes);
  // What a shell does not tell of by itself: that an answer was no success.
  await writeFile(join(folder, '.curlrc'), 'silent\nshow-error\nfail-with-body\n');
  return folder;
}

/** Run every example for a shell, by a shell. What one said that did not go well is told. */
export async function expectShellExamples(api: Api, receiver: string): Promise<void> {
  const cwd = await folderWithPhotos();
  const env = { ...process.env, ...environment(api, receiver), CURL_HOME: cwd };
  for (const chapter of CHAPTERS) {
    const script = resolve(`docs/examples/${chapter}.sh`);
    const child = spawn('sh', ['-x', script], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(code, `${chapter}.sh\n${said.slice(-4000)}`).toBe(0);
  }
}

/** Run every example in TypeScript; each throws where it does not go well. */
export async function expectTypeScriptExamples(api: Api, receiver: string): Promise<void> {
  const back = process.cwd();
  process.chdir(await folderWithPhotos());
  for (const [name, value] of Object.entries(environment(api, receiver))) vi.stubEnv(name, value);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    for (const chapter of CHAPTERS) await import(`../../docs/examples/${chapter}.ts`);
  } finally {
    process.chdir(back);
    vi.unstubAllEnvs();
  }
}
