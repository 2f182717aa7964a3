import type { Command } from 'commander';
import { findUserByEmail } from '#lib/auth/accounts';
import { createApiKey } from '#lib/auth/api-keys';
import { systemClock } from '#lib/core/clock';
import { AppError } from '#lib/core/errors';
import { withDatabase } from '../with-database.ts';
import { print } from '../terminal.ts';

/** `keys create`: make an API key. */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('API keys, for programs.');
  keys
    .command('create')
    .description('Make a key for an account and print it, and nothing else. It is not shown again.')
    .requiredOption('--email <address>', 'whose key it will be')
    .option('--name <name>', 'what it is for', 'command line')
    .action(create);
}

async function create({ email, name }: { email: string; name: string }): Promise<void> {
  const key = await withDatabase(async (db) => {
    const user = await findUserByEmail(db, email);
    if (!user) {
      const suggestion = `Add it with: npm run -s multiplane -- users create --email ${email}`;
      throw new AppError('not_found', `There is no account with the address ${email}.`, { suggestion });
    }
    return (await createApiKey(db, user.id, name, systemClock())).key;
  });
  print(key);
}
