import { Pool } from 'undici';
import { quantile } from '../queue/medians.ts';

/** One request, as it is sent again and again. */
export interface Load {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** Statuses it may be answered with. */
  expected: number[];
  /** Send the `ETag` of the last answer, as whoever polls does. */
  revalidates?: boolean;
}

/** Requests a second, and milliseconds until half and until all but one of a hundred were answered. */
export interface Figures {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Each sends its next request as soon as the one before is answered, over a connection of its own. */
const CONNECTIONS = 16;

/** Keep a server busy with one request for so long. Throws where it is answered otherwise than expected. */
export async function putUnderLoad(origin: string, load: Load, seconds: number): Promise<Figures> {
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
  const times: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + 1000 * seconds;
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, () => sendOn(pool, load, until, times)));
  } finally {
    await pool.close();
  }
  const perSecond = (1000 * times.length) / (performance.now() - startedAt);
  return { perSecond, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

async function sendOn(pool: Pool, load: Load, until: number, times: number[]): Promise<void> {
  const { method, path, body = null, expected, revalidates } = load;
  let etag: string | undefined;
  while (performance.now() < until) {
    const headers = { ...load.headers, ...(revalidates && etag !== undefined && { 'if-none-match': etag }) };
    const sentAt = performance.now();
    const answer = await pool.request({ method, path, headers, body });
    await answer.body.arrayBuffer();
    times.push(performance.now() - sentAt);
    if (!expected.includes(answer.statusCode))
      throw new Error(`${method} ${path} was answered ${answer.statusCode}.`);
    etag = answer.headers.etag as string | undefined;
  }
}
