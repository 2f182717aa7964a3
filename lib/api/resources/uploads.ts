import { z } from 'zod';
import { uploads } from '#lib/db/schema/media';
import type { UploadResource } from '#lib/media/uploads';
import { bytes, moment, path, sha256 } from './parts.ts';

const pixels = z.number().int().min(1);

export const uploadSchema = z
  .object({
    id: z.uuid(),
    filename: z.string().meta({ description: 'What its sender called it.' }),
    format: z.enum(uploads.format.enumValues),
    content_type: z.string(),
    size_bytes: bytes,
    sha256,
    width: pixels,
    height: pixels,
    aspect_ratio: z.number().meta({ description: 'Width by height, to four decimals.' }),
    pixel_count: pixels,
    memory_estimate_bytes: bytes.meta({ description: 'What its pixels take, four bytes each.' }),
    mode: z.string(),
    has_alpha: z.boolean(),
    created_at: moment,
    stored_at: moment,
    urls: z.object({ self: path, content: path }),
  })
  .meta({
    id: 'Upload',
    description: 'A picture that was sent, as it is on its disk.',
  }) satisfies z.ZodType<UploadResource>;
