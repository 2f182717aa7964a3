import { join, resolve } from 'node:path';

/** Models of ours, a folder for each: part of the repository, below the folder that every process is started in. */
export const OWN_FOLDER = resolve(/* turbopackIgnore: true */ 'lib/models/own');

/** Where the model of that id lies with its `model_index.json`, once somebody has exported it. */
export function exportedFolder(weightsDir: string, modelId: string): string {
  return join(weightsDir, 'exported', modelId);
}
