import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelIndex } from '#lib/models/contract/model-index';
import { INDEX_FILE } from '#lib/models/contract/read-index';
import { exportedFolder } from '#lib/models/folders';
import { tinyIndex } from './tiny-wan/tiny-index.ts';

interface Export {
  /** Bytes of its files by their names; one that is not given holds its name. */
  contents?: Record<string, Uint8Array>;
  /** Changes to the index, which is that of a tiny text-to-video model. */
  change?: (index: ModelIndex) => ModelIndex;
}

/** Lay a model of that id where an export would be: a sound index, and every file that it names. */
export function exportModel(
  weightsDir: string,
  id: string,
  { contents = {}, change = (index) => index }: Export = {},
): ModelIndex {
  const folder = exportedFolder(weightsDir, id);
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => {
    const bytes = contents[name] ?? Buffer.from(name);
    writeFileSync(join(folder, name), bytes);
    return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
  const index = change({ ...tinyIndex('wan-2.1-t2v', file), id });
  const { transformer } = index.graphs;
  const data = Object.keys(contents).filter((name) => name.startsWith('transformer.onnx.'));
  transformer.files.push(...data.map(file));
  writeFileSync(join(folder, INDEX_FILE), JSON.stringify(index));
  return index;
}
