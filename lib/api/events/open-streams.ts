/** How many requests of one owner this process holds open for them at once: event streams, and waits for a job's end. */
export const MOST_OPEN = 20;

const open = new Map<string, number>();

/** Take one of an owner's places, until the returned function is called; null where they are all taken. */
export function takePlace(ownerId: string): (() => void) | null {
  const taken = open.get(ownerId) ?? 0;
  if (taken >= MOST_OPEN) return null;
  open.set(ownerId, taken + 1);
  let isHeld = true;
  return () => {
    if (isHeld) leave(ownerId);
    isHeld = false;
  };
}

function leave(ownerId: string): void {
  const left = open.get(ownerId)! - 1;
  if (left === 0) open.delete(ownerId);
  else open.set(ownerId, left);
}
