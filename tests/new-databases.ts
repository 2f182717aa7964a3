import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { hasSqld, Sqld } from './servers/sqld.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** For a test that opens a database itself, of either kind: the address of one that nobody has opened yet. */
export const NEW_DATABASES = [
  { kind: 'file', isHere: true, newAddress: newFile },
  { kind: 'server', isHere: hasSqld, newAddress: newServer },
];

async function newFile(): Promise<string> {
  return pathToFileURL(join(temporaryFolder(), 'new.db')).href;
}

async function newServer(): Promise<string> {
  const server = await Sqld.start();
  onTestFinished(() => server.dispose());
  return server.url;
}
