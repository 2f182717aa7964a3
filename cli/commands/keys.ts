import { type Command, InvalidArgumentError, Option } from 'commander';
import { findUserByEmail } from '#lib/auth/accounts';
import { actorOf } from '#lib/auth/actor';
import { newKeySchema } from '#lib/auth/api-key-input';
import { createApiKey } from '#lib/auth/api-keys';
import { inPerson } from '#lib/auth/caller';
import { checked } from '#lib/auth/checked';
import { type Scope, SCOPES, USUAL_SCOPES } from '#lib/auth/scopes';
import { systemClock } from '#lib/core/clock';
import { AppError } from '#lib/core/errors';
import { recordAct } from '../record-act.ts';
import { withDatabase } from '../with-database.ts';
import { print } from '../terminal.ts';

const DAY_MS = 24 * 60 * 60_000;
const MOST_DAYS = 36_500;

interface NewKeyOptions {
  email: string;
  name: string;
  scope?: Scope[];
  expiresDays?: number;
}

/** `keys create`: make an API key. */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('API keys, for programs.');
  keys
    .command('create')
    .description('Make a key for an account and print it, and nothing else. It is not shown again.')
    .requiredOption('--email <address>', 'whose key it will be')
    .option('--name <name>', 'what it is for', 'command line')
    .addOption(
      new Option(
        '--scope <scope...>',
        `what it may do, once or more (without: ${USUAL_SCOPES.join(', ')})`,
      ).choices(SCOPES),
    )
    .option('--expires-days <days>', 'after how many days it is not taken any more; never without', days)
    .action(create);
}

async function create({ email, name: given, scope, expiresDays }: NewKeyOptions): Promise<void> {
  const now = systemClock();
  const key = await withDatabase(async (db) => {
    const user = await findUserByEmail(db, email);
    if (!user) {
      const suggestion = `Add it with: npm run -s multiplane -- users create --email ${email}`;
      throw new AppError('not_found', `There is no account with the address ${email}.`, { suggestion });
    }
    const { name, scopes } = checked(newKeySchema, { name: given, scopes: scope });
    const expiresAt = expiresDays === undefined ? null : now + expiresDays * DAY_MS;
    const made = await createApiKey(db, inPerson(actorOf(user)), { name, scopes, expiresAt }, now);
    await recordAct(db, { action: 'api_key.created', subject: made.apiKey.id, details: { owner: user.id } });
    return made.key;
  });
  print(key);
}

function days(given: string): number {
  const count = Number(given);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_DAYS) return count;
  throw new InvalidArgumentError(`A whole number from 1 to ${MOST_DAYS}.`);
}
