import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelOfIndex } from '../contract/model-of-index.ts';
import { INDEX_FILE, parseIndex } from '../contract/read-index.ts';
import { OWN_FOLDER } from '../folders.ts';
import type { Model } from '../model.ts';

/**
 * The models of ours that lie in the repository, each read from its index: one that was trained anew changes no code.
 * Throws AppError `model_unfit` for an index that cannot be used.
 * @param folder that has a folder for each
 */
export function ownModels(folder: string = OWN_FOLDER): Model[] {
  if (!existsSync(folder)) return [];
  const ids = readdirSync(folder).filter((id) => existsSync(join(folder, id, INDEX_FILE)));
  return ids.toSorted().map((id) => readOwn(folder, id));
}

function readOwn(folder: string, id: string): Model {
  const index = parseIndex(JSON.parse(readFileSync(join(folder, id, INDEX_FILE), 'utf8')));
  return modelOfIndex(index, {
    source: (name) => `own:${id}/${name}`,
    rank: 10,
    setUp: 'required',
    author: 'Multiplane',
    origin: `lib/models/own/${id}/MODEL_CARD.md`,
  });
}
