import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { Unwritten } from '#lib/db/unwritten';
import { etagOf } from './conditional.ts';
import { newsOf, queuePoll } from './queue-poll.ts';

/** The answer to a poll, ready to be sent. */
export interface PollAnswer {
  etag: string;
  /** JSON. */
  body: string;
}

const answers = new Unwritten<PollAnswer>();

/**
 * The answer to an owner's poll, made once for all who ask until something is written. What only time changes, an
 * estimate or a worker that fell silent, is seen a second later at most.
 */
export function latestPoll(db: Database, actor: Actor, now: number): Promise<PollAnswer> {
  return answers.read(db, actor.userId, now, () => makeAnswer(db, actor, now));
}

async function makeAnswer(db: Database, actor: Actor, now: number): Promise<PollAnswer> {
  const poll = await queuePoll(db, actor, now);
  return { etag: etagOf(newsOf(poll)), body: JSON.stringify(poll) };
}
