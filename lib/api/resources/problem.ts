import { z } from 'zod';
import type { FieldError } from '#lib/core/errors';

const fieldErrorSchema = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'The field, as a JSON Pointer (RFC 6901).', examples: ['/num_layers'] }),
    code: z.string(),
    message: z.string(),
    allowed: z.unknown().optional().meta({ description: 'What would be right.' }),
  })
  .meta({ id: 'FieldError' }) satisfies z.ZodType<FieldError>;

/** Why a request was not carried out (RFC 9457), of whatever operation. */
export const problemSchema = z
  .object({
    type: z.string().meta({ format: 'uri', examples: ['urn:multiplane:problem:not_found'] }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().meta({ description: 'What programs go by.' }),
    request_id: z.string().meta({ description: 'By which the operator finds it in the log.' }),
    suggestion: z.string().optional(),
    errors: z
      .array(fieldErrorSchema)
      .optional()
      .meta({ description: 'What is wrong with the input, all of it.' }),
  })
  .meta({ id: 'Problem', description: 'Why a request was not carried out (RFC 9457).' });
