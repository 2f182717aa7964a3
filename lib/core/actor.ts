/** Who is asking, once authorized. Owner-scoped functions take one, so that they cannot be called without. */
export interface Actor {
  userId: string;
  role: 'user' | 'admin';
}

/** The house itself, at the upkeep of what somebody owns: it may do there what the owner may, and nothing elsewhere. */
export function onBehalfOf(ownerId: string): Actor {
  return { userId: ownerId, role: 'user' };
}
