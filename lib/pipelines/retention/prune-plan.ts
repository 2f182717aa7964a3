import type { Retention } from '#lib/config/retention';
import type { Database } from '#lib/db/client';
import { ownerIds } from '#lib/jobs/retention';
import { Holdings } from './holdings.ts';
import { type Kind, Line, type Mark, oldestLine } from './prunable.ts';
import { Tally } from './tally.ts';

const DAY_MS = 24 * 60 * 60_000;

/** How much of one of an owner's lines goes: everything up to the mark. */
export interface Cut {
  ownerId: string;
  kind: Kind;
  upTo: Mark;
}

export interface PrunePlan {
  going: Tally;
  cuts: Cut[];
}

/** The same limits with none left out: what is older than its `since` goes, and what is over its bytes. */
interface Limits {
  since: Record<Kind, number>;
  ownerBytes: number;
  totalBytes: number;
}

/**
 * What has to go for the limits to hold: first what is too old, then of each owner the oldest until the rest has room,
 * and then the oldest of all. Only reads, in short statements.
 */
export async function planPrune(db: Database, keep: Retention, now: number): Promise<PrunePlan> {
  const limits = limitsOf(keep, now);
  const stored = keep.ownerBytes > 0 || keep.totalBytes > 0 ? await countStored(db) : new Tally();
  const holdings = new Holdings(db);
  const going = new Tally();
  const cuts = new Map<Line, Mark>();
  const takeOldest = async (from: Line[], isTooMuch: (line: Line) => boolean) => {
    for (let line = oldestLine(from); line && isTooMuch(line); line = oldestLine(from)) {
      const taken = await line.take();
      going.add(taken);
      cuts.set(line, taken.mark);
    }
  };
  const everybodys: Line[] = [];
  for (const ownerId of await ownerIds(db)) {
    const lines = await Line.openBoth(db, ownerId, holdings);
    for (const line of lines) await takeOldest([line], ({ kind, head }) => head!.at < limits.since[kind]);
    const bytesLeft = () => stored.bytesOf(ownerId) - going.bytesOf(ownerId);
    await takeOldest(lines, () => bytesLeft() > limits.ownerBytes);
    everybodys.push(...lines);
  }
  await takeOldest(everybodys, () => stored.bytes - going.bytes > limits.totalBytes);
  return { going, cuts: [...cuts].map(([{ ownerId, kind }, upTo]) => ({ ownerId, kind, upTo })) };
}

/** Everything that could go. */
async function countStored(db: Database): Promise<Tally> {
  const stored = new Tally();
  const holdings = new Holdings(db);
  for (const ownerId of await ownerIds(db)) {
    for (const line of await Line.openBoth(db, ownerId, holdings)) {
      while (line.head) stored.add(await line.take());
    }
  }
  return stored;
}

function limitsOf({ jobsDays, uploadsDays, ownerBytes, totalBytes }: Retention, now: number): Limits {
  const since = (days: number) => (days > 0 ? now - days * DAY_MS : Number.NEGATIVE_INFINITY);
  return {
    since: { job: since(jobsDays), upload: since(uploadsDays) },
    ownerBytes: ownerBytes || Number.POSITIVE_INFINITY,
    totalBytes: totalBytes || Number.POSITIVE_INFINITY,
  };
}
