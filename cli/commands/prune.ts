import type { Command } from 'commander';
import { findUser } from '#lib/auth/accounts';
import { settings } from '#lib/config/settings';
import { systemClock, toIso } from '#lib/core/clock';
import { formatBytes } from '#lib/core/format-bytes';
import type { Database } from '#lib/db/client';
import { fileStore } from '#lib/media/store/storage';
import { prune } from '#lib/pipelines/retention/prune';
import { planPrune } from '#lib/pipelines/retention/prune-plan';
import type { OwnerTally } from '#lib/pipelines/retention/tally';
import { print, printTable, say } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

interface Options {
  dryRun?: boolean;
  json?: boolean;
}

/** What goes of one owner's, with the address it is known by. */
interface OwnerLoss extends OwnerTally {
  email: string | null;
}

/** `prune`: what a worker does on its own every few minutes, now or only in words. */
export function pruneCommand(program: Command): void {
  program
    .command('prune')
    .description('Delete what the MULTIPLANE_KEEP_… settings leave no room for, and list it by owner.')
    .option('--dry-run', 'only list it')
    .option('--json', 'as one JSON object')
    .action(run);
}

async function run({ dryRun = false, json = false }: Options): Promise<void> {
  const { keep } = settings();
  await withDatabase(async (db) => {
    const now = systemClock();
    const going = dryRun ? (await planPrune(db, keep, now)).going : await prune(db, fileStore(), keep, now);
    const losses = await byAddress(db, going.owners);
    if (json) printJson(dryRun, going.bytes, losses);
    else printLosses(going.bytes, losses);
  });
}

async function byAddress(db: Database, owners: OwnerTally[]): Promise<OwnerLoss[]> {
  const losses: OwnerLoss[] = [];
  for (const owner of owners) {
    losses.push({ ...owner, email: (await findUser(db, owner.ownerId))?.email ?? null });
  }
  return losses;
}

function printJson(dryRun: boolean, bytes: number, losses: OwnerLoss[]): void {
  const owners = losses.map(({ ownerId, oldestAt, ...loss }) => ({
    owner_id: ownerId,
    ...loss,
    oldest_at: toIso(oldestAt),
  }));
  print(JSON.stringify({ dry_run: dryRun, bytes, owners }));
}

function printLosses(totalBytes: number, losses: OwnerLoss[]): void {
  if (losses.length === 0) return say('There is nothing to prune.');
  const rows = losses.map(({ email, ownerId, jobs, uploads, bytes, oldestAt }) => [
    email ?? ownerId,
    String(jobs),
    String(uploads),
    formatBytes(bytes),
    toIso(oldestAt)!,
  ]);
  printTable([['OWNER', 'JOBS', 'UPLOADS', 'SIZE', 'OLDEST'], ...rows]);
  print(`${formatBytes(totalBytes)} in all`);
}
