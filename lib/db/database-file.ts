import { accessSync, closeSync, constants, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/* It holds the hashes of passwords and keys. SQLite gives its write-ahead log the file's own mode. */
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

const WHY: Record<string, string> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk can only be read',
  EEXIST: 'its folder is a file',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
};

/** The file that a `file:` address names. */
export function databasePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
}

/**
 * Make the file of a `file:` address, and its folder, where they are not there yet, for nobody but this user; what is
 * there keeps its mode. SQLite would say no more than “unable to open”: this throws an error that says which file, why,
 * and which setting names it. It is meant for the operator's eyes: no AppError, since it shows a path.
 */
export function ensureDatabaseFile(url: string): void {
  const path = databasePath(url);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
    createOrCheck(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new Error(
      `The database ${path} cannot be opened: ${WHY[code ?? ''] ?? message}.\n` +
        'Set MULTIPLANE_DATA_DIR to a folder that this user may write to ' +
        '(or MULTIPLANE_DATABASE_URL, where that names the database).',
      { cause },
    );
  }
}

/**
 * A file that is there is looked at, never opened: closing it would cancel the locks of every other connection of this
 * process (POSIX), and the next process to leave would take itself for the last and delete the write-ahead log.
 */
function createOrCheck(path: string): void {
  try {
    closeSync(openSync(path, 'wx', OWNER_ONLY_FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    accessSync(path, constants.R_OK | constants.W_OK);
    if (statSync(path).isDirectory()) throw Object.assign(new Error('A folder'), { code: 'EISDIR' });
  }
}
