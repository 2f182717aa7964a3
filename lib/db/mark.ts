import type { Database } from './client.ts';
import type { FileConnection } from './file-connection.ts';

/**
 * A mark that stays the same only while nobody writes to the database, for next to nothing: what was read since is
 * still so. Null where it cannot be told: of a server, and for a moment of a file that is locked.
 */
export function markOf(db: Database): string | null {
  const client = db.$client as Partial<Pick<FileConnection, 'mark'>>;
  try {
    return client.mark?.() ?? null;
  } catch {
    return null;
  }
}
