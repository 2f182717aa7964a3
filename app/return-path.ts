const HOME = '/';
/** No name that could be asked for: only what stays on it is a path. */
const HERE = 'http://here.invalid';

/** Of the pages that lead on to another. */
export interface DoorProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

/**
 * The path, with its query, that somebody was on the way to when they were sent to the door; the studio for anything that
 * could lead away from here. Browsers drop tabs, take `\` for `/` and resolve dots, so it is judged as they would read it.
 */
export function returnPath(asked: unknown): string {
  if (typeof asked !== 'string' || !asked.startsWith('/') || !URL.canParse(asked, HERE)) return HOME;
  const { origin, pathname, search } = new URL(asked, HERE);
  return origin === HERE && !pathname.startsWith('//') ? pathname + search : HOME;
}

/** The address of a door that leads on to a path. */
export function doorHref(door: '/sign-in' | '/register', path: string): string {
  return path === HOME ? door : `${door}?${new URLSearchParams({ next: path })}`;
}
