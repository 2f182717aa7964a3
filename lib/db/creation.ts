import { newId } from '#lib/core/ids';
import type { Statement } from './prepared.ts';

/** What is to be made: by which id, and what has to be written in the very transaction that makes it, or not at all. */
export interface Creation {
  id: string;
  alongside: Statement[];
}

/** One of which nothing more is known. */
export function plainCreation(): Creation {
  return { id: newId(), alongside: [] };
}
