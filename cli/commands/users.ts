import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { createUser } from '#lib/auth/accounts';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import { withDatabase } from '../with-database.ts';
import { print, say } from '../terminal.ts';

interface NewUser {
  email: string;
  name?: string;
  role: Actor['role'];
  password?: string;
  passwordStdin?: boolean;
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
  const password = await passwordOf(given);
  const user = await withDatabase((db) => createUser(db, { email, name, password }, role, systemClock()));
  print(user.id);
}

async function passwordOf(given: Pick<NewUser, 'password' | 'passwordStdin'>): Promise<string> {
  if (given.password !== undefined) return given.password;
  if (given.passwordStdin) return (await text(process.stdin)).replace(/\r?\n$/, '');
  const password = randomBytes(12).toString('base64url');
  say(`Password: ${password}`);
  return password;
}
