import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { users } from '#lib/db/schema/auth';
import { type AccountInput, checkAccount, checkNewPassword, normaliseEmail } from './account-input.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

type UserRow = typeof users.$inferSelect;

/** Someone with an account, as the rest of the house sees them: without the password's hash. */
export type User = Pick<UserRow, 'id' | 'email' | 'name' | 'role' | 'sessionVersion'>;

const USER_COLUMNS = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  sessionVersion: users.sessionVersion,
};

/** Add an account. Throws AppError `validation_failed`, also where the e-mail address has one already. */
export async function createUser(
  db: Database,
  input: AccountInput,
  role: Actor['role'],
  now: number,
): Promise<User> {
  const { password, ...account } = checkAccount(input);
  const passwordHash = await hashPassword(password);
  const [row] = await db
    .insert(users)
    .values({ ...account, id: newId(), passwordHash, role, createdAt: now })
    .onConflictDoNothing({ target: users.email })
    .returning(USER_COLUMNS);
  if (!row) throw emailTaken();
  return row;
}

/** Add an account for a visitor. Throws `forbidden` where the operator has closed registration. */
export async function register(
  db: Database,
  input: AccountInput,
  { registrationOpen }: { registrationOpen: boolean },
  now: number,
): Promise<User> {
  if (!registrationOpen) {
    const suggestion = 'Ask the operator for an account.';
    throw new AppError('forbidden', 'Registration is closed here.', { suggestion });
  }
  return createUser(db, input, 'user', now);
}

/** Whether set-up is done: somebody can administer this installation. */
export async function hasAdministrator(db: Database): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).where(eq(users.role, 'admin')).limit(1);
  return rows.length > 0;
}

/**
 * Add the administrator of a new installation; null where there is one already, whoever asks and however many at once:
 * one statement both looks and writes. Throws AppError `validation_failed`.
 */
export async function createFirstAdministrator(
  db: Database,
  input: AccountInput,
  now: number,
): Promise<User | null> {
  const { email, name, password } = checkAccount(input);
  if (await hasAdministrator(db)) return null;
  const id = newId();
  const passwordHash = await hashPassword(password);
  await db.run(sql`
    INSERT INTO ${users} (id, email, name, password_hash, role, session_version, created_at)
    SELECT ${id}, ${email}, ${name}, ${passwordHash}, 'admin', 1, ${now}
    WHERE NOT EXISTS (SELECT 1 FROM ${users} WHERE role = 'admin')
    ON CONFLICT (email) DO NOTHING`);
  const created = await findUser(db, id);
  if (!created && !(await hasAdministrator(db))) throw emailTaken();
  return created;
}

/** The account behind an e-mail address and password, or null. */
export async function authenticate(db: Database, email: string, password: string): Promise<User | null> {
  const [row] = await db
    .select({ ...USER_COLUMNS, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.email, normaliseEmail(email)));
  const matches = await verifyPassword(password, row?.passwordHash ?? null);
  if (!row || !matches) return null;
  const { passwordHash: _, ...user } = row;
  return user;
}

/** The account whose sessions of this version have not ended, or null. */
export async function findSessionUser(
  db: Database,
  id: string,
  sessionVersion: number,
): Promise<User | null> {
  const user = await findUser(db, id);
  return user?.sessionVersion === sessionVersion ? user : null;
}

export async function findUser(db: Database, id: string): Promise<User | null> {
  const [row] = await db.select(USER_COLUMNS).from(users).where(eq(users.id, id));
  return row ?? null;
}

export async function findUserByEmail(db: Database, email: string): Promise<User | null> {
  const [row] = await db
    .select(USER_COLUMNS)
    .from(users)
    .where(eq(users.email, normaliseEmail(email)));
  return row ?? null;
}

/**
 * Change one's own password, which ends every session of the account, this one included. Throws AppError
 * `validation_failed` where the current password is wrong or the new one unfit.
 */
export async function changePassword(
  db: Database,
  actor: Actor,
  { current, next }: { current: string; next: string },
): Promise<void> {
  checkNewPassword(next);
  const [row] = await db.select().from(users).where(eq(users.id, actor.userId));
  if (!(await verifyPassword(current, row?.passwordHash ?? null))) throw wrongPassword();
  const passwordHash = await hashPassword(next);
  const changed = await db
    .update(users)
    .set({ passwordHash, sessionVersion: sql`${users.sessionVersion} + 1` })
    .where(and(eq(users.id, actor.userId), eq(users.passwordHash, row!.passwordHash)))
    .returning({ id: users.id });
  if (changed.length === 0) throw wrongPassword();
}

function wrongPassword(): AppError {
  const message = 'The current password is not right.';
  return new AppError('validation_failed', message, {
    fields: [{ pointer: '/current_password', code: 'wrong', message }],
  });
}

function emailTaken(): AppError {
  const message = 'There is an account with this e-mail address already.';
  return new AppError('validation_failed', message, {
    suggestion: 'Sign in, or use another address.',
    fields: [{ pointer: '/email', code: 'taken', message }],
  });
}
