import { z } from 'zod';

/** A page of a list. `id` is its name in the document. */
export function pageOf<S extends z.ZodType>(item: S, id: string) {
  return z
    .object({
      items: z.array(item),
      next_cursor: z
        .uuid()
        .nullable()
        .meta({ description: 'What the next page is asked for with; null on the last.' }),
    })
    .meta({ id });
}
