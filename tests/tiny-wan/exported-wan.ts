import { exportedFolder } from '#lib/models/folders';
import { lastingFolder } from '../lasting-folder.ts';
import type { TinyKind } from './tiny-index.ts';
import { placeTinyWan, tinyWan } from './tiny-wan.ts';

/**
 * A folder of weights where models of the catalogue lie as an export would have left them, each in tiny; whoever asks for
 * it removes it.
 */
export function weightsOf(models: Readonly<Record<string, TinyKind>>): string {
  const weightsDir = lastingFolder();
  for (const [id, kind] of Object.entries(models)) {
    const { index, files } = tinyWan(kind);
    placeTinyWan(exportedFolder(weightsDir, id), { index: { ...index, id }, files });
  }
  return weightsDir;
}
