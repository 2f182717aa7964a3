import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { markOf } from '#lib/db/mark';
import { etagOf } from './conditional.ts';
import { newsOf, queuePoll } from './queue-poll.ts';

/** The answer to a poll, ready to be sent. */
export interface PollAnswer {
  etag: string;
  /** JSON. */
  body: string;
}

interface Kept {
  mark: string;
  madeAt: number;
  answer: Promise<PollAnswer>;
}

/** What only time changes, an estimate or a worker that fell silent, is seen this much later. */
const KEPT_MS = 1_000;

const keptOf = new WeakMap<Database, Map<string, Kept>>();

/**
 * The answer to an owner's poll. While nobody has written to the database's file since the last one was made, that one
 * is still true and is given again, for a second at most: a program may ask as often as it likes.
 */
export async function latestPoll(db: Database, actor: Actor, now: number): Promise<PollAnswer> {
  // Told before anything is read: what is written meanwhile changes it.
  const mark = markOf(db);
  if (mark === null) return makeAnswer(db, actor, now);
  const kept = keptOf.get(db) ?? new Map<string, Kept>();
  keptOf.set(db, kept);
  const last = kept.get(actor.userId);
  if (last && last.mark === mark && isRecent(last.madeAt, now)) return last.answer;
  const made = { mark, madeAt: now, answer: makeAnswer(db, actor, now) };
  keep(kept, actor.userId, made);
  return made.answer;
}

function keep(kept: Map<string, Kept>, ownerId: string, made: Kept): void {
  kept.delete(ownerId);
  // Those that were made first stand first.
  for (const [other, { madeAt }] of kept) {
    if (isRecent(madeAt, made.madeAt)) break;
    kept.delete(other);
  }
  kept.set(ownerId, made);
  made.answer.catch(() => {
    if (kept.get(ownerId) === made) kept.delete(ownerId);
  });
}

/** A clock that was set back counts as another time. */
function isRecent(madeAt: number, now: number): boolean {
  return Math.abs(now - madeAt) < KEPT_MS;
}

async function makeAnswer(db: Database, actor: Actor, now: number): Promise<PollAnswer> {
  const poll = await queuePoll(db, actor, now);
  return { etag: etagOf(newsOf(poll)), body: JSON.stringify(poll) };
}
