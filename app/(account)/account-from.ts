import type { AccountInput } from '#lib/auth/account-input';

/** What the forms for a new account send. */
export function accountFrom(data: FormData): AccountInput {
  const field = (name: string) => String(data.get(name) ?? '');
  return { name: field('name'), email: field('email'), password: field('password') };
}
