/** Who is asking, once authorized. Owner-scoped functions take one, so that they cannot be called without. */
export interface Actor {
  userId: string;
  role: 'user' | 'admin';
}
