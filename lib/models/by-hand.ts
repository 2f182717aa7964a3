import { restoring } from './availability.ts';
import type { Model } from './model.ts';
import { isDownloadable } from './weights.ts';

/* What an operator does about a model's weights from the command line, in sentences. */

/** What brings them here. */
export function fetching(model: Model): string {
  return isDownloadable(model)
    ? `Run on the machine of the workers: npm run -s multiplane -- models download ${model.id}`
    : restoring(model);
}

/** What frees the memory that they take. */
export function unloading(): string {
  return 'A worker lets go of it when another model needs the room, and when it is started again: npm run worker';
}

/** What frees the disk. */
export function removing(model: Model): string {
  if (model.setUp === 'by-hand') return `Delete the folder exported/${model.id} of the weights folder.`;
  if (!isDownloadable(model)) return 'It is part of Multiplane, and stays.';
  return (
    'Delete its files from the weights folder, where each is called by its sha256. They come back by: ' +
    `npm run -s multiplane -- models download ${model.id}`
  );
}
