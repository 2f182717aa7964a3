import { callerFromRequest } from '#lib/auth/request-actor';
import { systemClock } from '#lib/core/clock';
import { AppError } from '#lib/core/errors';
import { watcherOf } from '#lib/jobs/watch/job-watcher';
import { getJobNow } from '#lib/jobs/watch/watched-jobs';
import type { ActorCall } from '../serve.ts';
import { eventsSince, isOver } from './job-events.ts';
import { jobStream } from './job-stream.ts';
import { MOST_OPEN, takePlace } from './open-streams.ts';
import { positionOf } from './position.ts';
import { STREAM_HEADERS } from './server-sent.ts';

const HEARTBEAT_MS = 15_000;
const COME_AGAIN_MS = 5_000;

/**
 * Answer with what becomes of a job, from where its `Last-Event-ID` broke off. 204 to one that knows how the job ended,
 * which tells a browser not to connect again. Throws `not_found`, and `too_many_streams` where the owner's places are taken.
 */
export async function answerEvents(
  { request, db, actor, now }: ActorCall,
  id: string,
  heartbeatMs = HEARTBEAT_MS,
): Promise<Response> {
  const start = await getJobNow(db, actor, id, now);
  const known = positionOf(request.headers.get('last-event-id'));
  if (known && isOver(start) && eventsSince(known, start).length === 0) {
    return new Response(null, { status: 204 });
  }
  // Next answers HEAD by GET, and lets the body lie.
  if (request.method === 'HEAD') return new Response(null, { headers: STREAM_HEADERS });
  const leave = takePlace(actor.userId);
  if (!leave) throw tooMany();
  const body = jobStream(start, {
    watcher: watcherOf(db),
    known,
    heartbeatMs,
    mayRead: () => callerFromRequest(db, request, systemClock()).then(() => true, isPassing),
    signal: request.signal,
    onEnd: leave,
  });
  return new Response(body, { headers: STREAM_HEADERS });
}

/** Whether this says nothing about who asks. */
function isPassing(error: unknown): boolean {
  return !(error instanceof AppError);
}

function tooMany(): AppError {
  const message = `At most ${MOST_OPEN} event streams of yours can be open at once.`;
  return new AppError('too_many_streams', message, { retryAfterMs: COME_AGAIN_MS });
}
