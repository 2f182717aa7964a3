import { notFound } from 'next/navigation';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import { isId } from '#lib/core/ids';
import { pageActor } from './page-user.ts';

/**
 * Something of the visitor's own, by the id in a page's address `path`. What is not there, and what is somebody else's, is
 * the page that says so.
 */
export async function ownThing<T>(
  path: string,
  id: string,
  read: (actor: Actor, id: string) => Promise<T>,
): Promise<T> {
  const actor = await pageActor(path);
  if (!isId(id)) notFound();
  try {
    return await read(actor, id.toLowerCase());
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
