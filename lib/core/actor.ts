declare const authorized: unique symbol;

/**
 * Who is asking, once authorized. Owner-scoped functions take one, so that they cannot be called without; and nobody can
 * write one down: `lib/auth` makes it of somebody it knows, the house itself by `onBehalfOf`.
 */
export interface Actor {
  readonly userId: string;
  readonly role: 'user' | 'admin';
  readonly [authorized]: true;
}

/** The house itself, at the upkeep of what somebody owns: it may do there what the owner may, and nothing elsewhere. */
export function onBehalfOf(ownerId: string): Actor {
  return { userId: ownerId, role: 'user' } as Actor;
}
