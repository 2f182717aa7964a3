export interface WebAddress {
  host: string;
  port: number;
}

/** What a machine calls itself when it means all its addresses, and how it reaches itself then. */
const UNSPECIFIED: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Where this machine reaches a web process that listens there. */
export function reachableUrl({ host, port }: WebAddress): string {
  return urlOf(UNSPECIFIED[host] ?? host, port);
}

/** The same for a person's eyes. */
export function readableUrl({ host, port }: WebAddress): string {
  return urlOf(host in UNSPECIFIED || LOOPBACK.has(host) ? 'localhost' : host, port);
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
