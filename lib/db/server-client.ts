import { type Client, createClient } from '@libsql/client';
import { DatabaseUnreachable, isBusy, leadsTo, type Trace, tracesOf } from './failures.ts';
import { type Guard, patientClient } from './patient-client.ts';
import { retryWhile } from './retry.ts';

/** A statement that has no answer by then never gets one: a server that hangs must not hang whoever asks it. */
const ANSWER_WITHIN_MS = 10_000;
const BUSY_PATIENCE_MS = 10_000;
/** As long as a server takes to start again; a longer absence is told, not waited for. */
const ABSENCE_PATIENCE_MS = 3_000;

/** Ends of an attempt to connect: nothing was sent. */
const NEVER_SENT = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)$/;

/**
 * The database on a libSQL server; see docs/decisions/012-remote-database.md. Throws an error for the operator, which
 * names the server and never the token, where it cannot be used.
 */
export async function openServer(
  url: string,
  token: string | null,
  answerWithinMs = ANSWER_WITHIN_MS,
): Promise<Client> {
  const { host } = new URL(url);
  const client = createClient({
    // Only over HTTP can a statement be given up. Every server answers there as well.
    url: url.replace(/^ws/, 'http'),
    authToken: token ?? undefined,
    // The server says itself when it has too much to do, and nothing waits in a queue without a limit.
    concurrency: Infinity,
    fetch: (request: Request) =>
      fetch(request, { signal: AbortSignal.timeout(answerWithinMs), cache: 'no-store' }),
  });
  const patient = patientClient(client, guard(host));
  try {
    await requireForeignKeys(patient, host);
  } catch (error) {
    client.close();
    throw error;
  }
  return patient;
}

/** What is queued, and what is removed with it, rests on foreign keys, and a server sets them for its clients. */
async function requireForeignKeys(client: Client, host: string): Promise<void> {
  const { rows } = await client.execute('PRAGMA foreign_keys');
  if (rows[0]?.[0] === 1) return;
  throw new Error(`The database server at ${host} does not keep foreign keys (PRAGMA foreign_keys is off).`);
}

/**
 * Repeats what was refused or never reached the server, and reads that got no answer. A write that got none may have been
 * carried out: it is not repeated here, but told as DatabaseUnreachable.
 */
function guard(host: string): Guard {
  return async (operation, isRead) => {
    try {
      return await retryWhile((error) => patienceWith(error, isRead), operation);
    } catch (error) {
      throw explained(error, host);
    }
  };
}

function patienceWith(error: unknown, isRead: boolean): number {
  if (isBusy(error)) return BUSY_PATIENCE_MS;
  const isHarmless = isRead ? isUnanswered(error) : isNeverSent(error);
  return isHarmless ? ABSENCE_PATIENCE_MS : 0;
}

/** An error that says which server failed and what to look at, where the statement was not at fault. */
function explained(error: unknown, host: string): unknown {
  if (isUnanswered(error)) {
    return new DatabaseUnreachable(
      `The database server at ${host} cannot be reached (${firstReason(error)}). See that it runs and that MULTIPLANE_DATABASE_URL is its address.`,
      { cause: error },
    );
  }
  if (leadsTo(error, isRefusal)) {
    return new Error(
      `The database server at ${host} does not let this installation in. See that MULTIPLANE_DATABASE_TOKEN is valid.`,
      { cause: error },
    );
  }
  return error;
}

/** What the system or the server said first: a code such as ECONNREFUSED, or a sentence without its full stop. */
function firstReason(error: unknown): string {
  const { code, message = '' } = tracesOf(error).at(-1)!;
  return typeof code === 'string' ? code : message.replace(/\.$/, '');
}

function isNeverSent(error: unknown): boolean {
  return leadsTo(error, ({ code }) => NEVER_SENT.test(String(code)));
}

/** Whether the network failed `fetch`, the answer did not come in time, or a server before the database's gave up. */
function isUnanswered(error: unknown): boolean {
  return leadsTo(
    error,
    ({ name, cause, status = 0 }) =>
      (name === 'TypeError' && cause instanceof Error) ||
      name === 'TimeoutError' ||
      (name === 'HttpServerError' && status >= 500),
  );
}

function isRefusal({ name, status }: Trace): boolean {
  return name === 'HttpServerError' && (status === 401 || status === 403);
}
