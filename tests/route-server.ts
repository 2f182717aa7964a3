import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { serve } from './local-server.ts';

type Route = (request: Request) => Promise<Response>;

/** A route handler behind a real HTTP server, until the test ends: it hears of a client that goes away. Returns its address. */
export function serveRoute(route: Route): Promise<string> {
  return serve((incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    const init = {
      method: incoming.method!,
      headers: new Headers(incoming.headers as Record<string, string>),
      signal: gone.signal,
      ...(incoming.method === 'POST' && { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' }),
    };
    void route(new Request(`http://studio.test${incoming.url}`, init)).then(async (answer) => {
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      if (!answer.body) return outgoing.end();
      outgoing.flushHeaders();
      return pipeline(Readable.fromWeb(answer.body as never), outgoing).catch(() => undefined);
    });
  });
}
