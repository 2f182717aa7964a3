import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { systemClock } from '#lib/core/clock';
import { AppError } from '#lib/core/errors';
import { checkpoint, type Database, openDatabase } from '#lib/db/client';
import { copyDatabase } from '#lib/db/copy';
import { migrateDatabase } from '#lib/db/migrate';
import { livingWorkers } from '#lib/jobs/workers';
import { print } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

/** `database import` and `export`: between this installation's database, file or server, and a file. */
export function databaseCommand(program: Command): void {
  const database = program.command('database').description('Move the database, with everything stopped.');
  database
    .command('import <file>')
    .description('Copy what a database file holds into this installation’s database, which must be empty.')
    .action(importFile);
  database
    .command('export <file>')
    .description('Copy this installation’s database into a new file.')
    .action(exportFile);
}

async function importFile(file: string): Promise<void> {
  if (!existsSync(file)) throw new AppError('not_found', `There is no file ${file}.`);
  await withDatabase((db) => withFile(file, (source) => copyStopped(source, db)));
}

async function exportFile(file: string): Promise<void> {
  if (existsSync(file)) throw new AppError('conflict', `There is a file ${file} already.`);
  await withDatabase((db) =>
    withFile(file, async (target) => {
      await migrateDatabase(target);
      await copyStopped(db, target);
      await checkpoint(target);
    }),
  );
}

async function withFile(file: string, work: (db: Database) => Promise<void>): Promise<void> {
  const db = await openDatabase(pathToFileURL(resolve(file)).href);
  try {
    await work(db);
  } finally {
    db.$client.close();
  }
}

/** Throws AppError `conflict` where a worker is still at it; a web process has to be stopped by whoever asks for this. */
async function copyStopped(from: Database, to: Database): Promise<void> {
  if ((await livingWorkers(from, systemClock())).length > 0) {
    throw new AppError('conflict', 'A worker is running on the database to copy.', {
      suggestion:
        'Stop the web process and the workers first. One that was killed is forgotten after half a minute.',
    });
  }
  print(`Rows copied: ${await copyDatabase(from, to)}`);
}
