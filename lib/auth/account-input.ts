import { z } from 'zod';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '#lib/core/password-length';
import { checked } from './checked.ts';

const email = z.string().trim().toLowerCase().max(254).pipe(z.email('That is not an e-mail address.'));
const password = z
  .string()
  .min(SHORTEST_PASSWORD, `A password has at least ${SHORTEST_PASSWORD} characters.`)
  .max(LONGEST_PASSWORD, `A password has at most ${LONGEST_PASSWORD} characters.`);
const accountSchema = z.object({ email, password, name: z.string().trim().max(80).default('') });

export interface AccountInput {
  email: string;
  password: string;
  /** What to call the person; the part of the e-mail before the @ where empty. */
  name?: string;
}

/** An account's data made uniform: e-mail in lower case, a name in any case. Throws AppError `validation_failed`. */
export function checkAccount(input: AccountInput): Required<AccountInput> {
  const account = checked(accountSchema, input);
  return { ...account, name: account.name || account.email.split('@')[0]! };
}

/** Throws AppError `validation_failed` where the new password is too short or too long. */
export function checkNewPassword(given: string): string {
  return checked(z.object({ new_password: password }), { new_password: given }).new_password;
}

/** An e-mail address as it is stored. */
export function normaliseEmail(given: string): string {
  return given.trim().toLowerCase();
}
