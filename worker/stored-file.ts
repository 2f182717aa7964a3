import { AppError } from '#lib/core/errors';
import { sha256OfFile } from '#lib/core/file-hash';
import type { Workspace } from '#lib/media/store/store';

/** The path of a stored file, proven to be what was stored; null where it is missing or damaged. */
export async function intactFile(workspace: Workspace, key: string, sha256: string): Promise<string | null> {
  try {
    const path = await workspace.materialize(key);
    return (await sha256OfFile(path)) === sha256 ? path : null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

/** Whether every one of these files is in its folder as it was recorded. Then all of them lie in the workspace. */
export async function areIntact(
  workspace: Workspace,
  folder: string,
  files: { name: string; sha256: string }[],
): Promise<boolean> {
  for (const { name, sha256 } of files) {
    if (!(await intactFile(workspace, `${folder}/${name}`, sha256))) return false;
  }
  return true;
}
