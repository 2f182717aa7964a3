import { z } from 'zod';
import { LINK_SECONDS } from '../signed-link.ts';

const { min, max } = LINK_SECONDS;

/** How long a link is to hold. */
export const linkRequestSchema = z.strictObject({
  expires_in_seconds: z
    .number()
    .int()
    .min(min)
    .max(max)
    .default(3600)
    .meta({ description: 'How long the link holds.' }),
});

/** The same in an address, where it also says that links are wanted. */
export const signedLinksField = z.coerce.number().int().min(min).max(max).optional().meta({
  description: 'Makes `result_url` and the addresses of outputs signed links that hold for so many seconds.',
});

/** A link that was signed. */
export const linkSchema = z
  .object({
    url: z.string().meta({ description: 'Relative to the studio’s address.' }),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: 'SignedLink' });
