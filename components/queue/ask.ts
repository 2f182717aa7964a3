/** Ask the API for what a page shows, as it is now. */
export function ask(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { cache: 'no-store', ...init });
}
