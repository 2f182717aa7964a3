import { NextRequest } from 'next/server';
import { answering } from '#lib/api/answering';
import { limitedText } from '#lib/api/limited-body';
import { limitSignIn } from '#lib/api/limits';
import { handlers } from '#lib/auth/session';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';

export const { GET } = handlers;

/** The way in that the dashboard's form does not take; it counts as much. */
export function POST(request: NextRequest): Promise<Response> {
  return answering(request, async (_, headers) => {
    await limitSignIn(await database(), request.headers, systemClock(), headers);
    const body = await limitedText(request, MOST_BYTES);
    const { method, headers: given } = request;
    return handlers.POST(new NextRequest(request.url, { method, headers: given, body }));
  });
}

/** An address, a password and a token; next-auth itself would read on without end. */
const MOST_BYTES = 16 * 1024;
