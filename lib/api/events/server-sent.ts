/* Server-sent events (WHATWG HTML, 9.2) as text. */

interface ServerSent {
  id: string;
  name: string;
  data: unknown;
}

/** An event. JSON has no line breaks of its own, so that one line of data is enough. */
export function eventText({ id, name, data }: ServerSent): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** How long a client waits before it connects again, milliseconds. */
export function retryText(retryMs: number): string {
  return `retry: ${retryMs}\n\n`;
}

/** A comment, which every client passes over: it keeps the connection from being taken for dead. */
export const HEARTBEAT_TEXT = ':\n\n';

export const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream',
  // Compressed, it would be held back until there is enough of it.
  'Cache-Control': 'no-store, no-transform',
  // The same for nginx, which collects what it passes on.
  'X-Accel-Buffering': 'no',
};
