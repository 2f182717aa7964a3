import { cookies } from 'next/headers';
import type { Theme } from '#components/shell/theme-switch';

export const THEME_COOKIE = 'theme';

/** The chosen appearance; it is in a cookie so that the first byte is already the right one. */
export async function readTheme(): Promise<Theme> {
  return toTheme((await cookies()).get(THEME_COOKIE)?.value);
}

export function toTheme(value: unknown): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}
