import { z } from 'zod';

/** What chance begins with: the same seed gives the same result. */
export const seed = z.coerce
  .number()
  .int()
  .min(0)
  .max(4_294_967_295)
  .default(42)
  .meta({ title: 'Seed', description: 'The same number gives the same result again.' });
