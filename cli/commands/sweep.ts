import type { Command } from 'commander';
import { systemClock } from '#lib/core/clock';
import { fileStore } from '#lib/media/store/storage';
import { sweep, type Swept } from '#worker/maintenance/sweep';
import { printTable, say } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

const NAMES: [keyof Swept, string][] = [
  ['jobFolders', 'folders of deleted jobs'],
  ['jobFiles', 'unrecorded files of jobs'],
  ['contents', 'files of deleted uploads'],
  ['uploads', 'uploads without a file or a job'],
  ['unfinished', 'unfinished files'],
  ['requestKeys', 'old idempotency keys'],
  ['budgets', 'old request counts'],
  ['batches', 'empty batches'],
];

/** `sweep`: what a worker does on its own every half hour, of every job and not only of those that changed of late. */
export function sweepCommand(program: Command): void {
  program.command('sweep').description('Remove what processes that died have left behind.').action(run);
}

async function run(): Promise<void> {
  const swept = await withDatabase((db) => sweep({ db, store: fileStore() }, systemClock()));
  const rows = NAMES.filter(([kind]) => swept[kind] > 0).map(([kind, name]) => [name, String(swept[kind])]);
  if (rows.length === 0) return say('Nothing was left behind.');
  printTable([['REMOVED', 'COUNT'], ...rows]);
}
