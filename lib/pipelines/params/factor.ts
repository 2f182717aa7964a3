import { z } from 'zod';

/** How many times as wide and high a picture may become. */
const FACTORS = [2, 4] as const;

export const factor = z.coerce
  .number()
  .pipe(z.literal(FACTORS))
  .default(2)
  // Forms and refusals show the values of an enumeration.
  .meta({
    title: 'Factor',
    description: 'How many times as wide and high the picture becomes.',
    type: 'integer',
    enum: FACTORS,
  });
