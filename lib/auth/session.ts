import NextAuth, { CredentialsSignin, type NextAuthConfig } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { z } from 'zod';
import { webLog } from '#lib/config/web-log';
import { systemClock } from '#lib/core/clock';
import { LONGEST_PASSWORD } from '#lib/core/password-length';
import { database } from '#lib/db/connection';
import { authenticate, type User } from './accounts.ts';
import { recordSignIn } from './audit.ts';
import { recordAction } from './audit-page.ts';
import { authSecret } from './secret.ts';
import { userOfClaims } from './session-cookie.ts';

const SIGN_IN_PAGE = '/sign-in';

const credentialsSchema = z.object({
  email: z.string().max(254),
  password: z.string().max(LONGEST_PASSWORD),
});

/**
 * Sign-in by e-mail and password, with the session sealed in a cookie. Configured at the first request rather than at
 * import, since the build must not make a secret.
 */
export const { handlers, signIn, signOut } = NextAuth(async () => configure(await authSecret()));

function configure(secret: string): NextAuthConfig {
  return {
    secret,
    trustHost: true,
    session: { strategy: 'jwt' },
    pages: { signIn: SIGN_IN_PAGE, error: SIGN_IN_PAGE },
    providers: [Credentials({ credentials: { email: {}, password: {} }, authorize })],
    logger: { error: logError, warn: () => undefined, debug: () => undefined },
    events: {
      signOut: async (ended) => {
        const userId = 'token' in ended ? ended.token?.sub : undefined;
        if (userId) await recordAction({ userId }, { action: 'sign_out' });
      },
    },
    callbacks: {
      jwt: async ({ token, user }) => {
        if (user) return { ...token, sub: user.id, sessionVersion: (user as User).sessionVersion };
        return (await userOfClaims(await database(), token)) ? token : null;
      },
    },
  };
}

/** A wrong password is the caller's mistake, not ours. */
function logError(error: Error): void {
  if (!(error instanceof CredentialsSignin)) webLog().error({ err: error }, error.message);
}

async function authorize(given: Record<string, unknown>, { headers }: Request): Promise<User | null> {
  const { data } = credentialsSchema.safeParse(given);
  const db = await database();
  const user = data ? await authenticate(db, data.email, data.password) : null;
  await recordSignIn(db, headers, { user, email: data?.email }, systemClock());
  return user;
}
