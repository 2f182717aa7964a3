import { z } from 'zod';

/** How many sheets a picture is cut into. */
export const numLayers = z.coerce
  .number()
  .int()
  .min(2)
  .max(8)
  .default(4)
  .meta({ title: 'Layers', description: 'How many sheets the picture is cut into, far to near.' });
