import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { createUser } from '#lib/auth/accounts';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { recordAct } from '../record-act.ts';
import { withDatabase } from '../with-database.ts';
import { print, say } from '../terminal.ts';

interface NewPassword {
  password?: string;
  passwordStdin?: boolean;
}

interface NewUser extends NewPassword {
  email: string;
  name?: string;
  role: Actor['role'];
}

/** `users create`: add an account. */
export function usersCommand(program: Command): void {
  const users = program.command('users').description('The people who may sign in.');
  users
    .command('create')
    .description('Add an account, and print its id.')
    .requiredOption('--email <address>')
    .option('--name <name>', 'what to call the person')
    .addOption(new Option('--role <role>').choices(['user', 'admin']).default('user'))
    .option('--password <password>', 'visible to others on this machine; prefer --password-stdin')
    .option(
      '--password-stdin',
      'read the password from standard input; without either, one is made up and shown',
    )
    .action(create);
}

async function create({ email, name, role, ...given }: NewUser): Promise<void> {
  const chosen = await chosenPassword(given);
  const password = chosen ?? randomBytes(12).toString('base64url');
  const user = await withDatabase(async (db) => {
    const made = await createUser(db, { email, name, password }, role, systemClock());
    await recordAct(db, { action: 'account.created', subject: made.email, details: { role } });
    return made;
  });
  // Only now is it anybody's password.
  if (chosen === undefined) say(`Password: ${password}`);
  print(user.id);
}

async function chosenPassword({ password, passwordStdin }: NewPassword): Promise<string | undefined> {
  if (passwordStdin) return password ?? (await text(process.stdin)).replace(/\r?\n$/, '');
  return password;
}
