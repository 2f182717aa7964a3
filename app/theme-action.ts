'use server';

import { cookies } from 'next/headers';
import { THEME_COOKIE, toTheme } from '#app/theme';

const ONE_YEAR_S = 365 * 24 * 3600;

export async function setTheme(data: FormData): Promise<void> {
  const options = { maxAge: ONE_YEAR_S, sameSite: 'lax', path: '/', httpOnly: true } as const;
  (await cookies()).set(THEME_COOKIE, toTheme(data.get('theme')), options);
}
