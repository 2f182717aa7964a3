import type { Database } from '#lib/db/client';
import { countCopies } from '#lib/media/retention';

/** A picture that goes with something, as far as nothing else takes it. */
export interface HeldPicture {
  uploadId: string;
  sha256: string;
  sizeBytes: number;
  /** How many take it. */
  takers: number;
}

/** Bytes, in an owner's account and in everybody's: what two owners hold comes free only when both let go. */
export interface Freed {
  owner: number;
  total: number;
}

/**
 * Works out what comes free as things go one after the other: an upload goes with the last that takes it, and its bytes
 * with the last upload of the same content. Only what is shared and partly gone has to be remembered.
 */
export class Holdings {
  readonly #db: Database;
  readonly #takers = new Map<string, number>();
  readonly #copies = new Map<string, number>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Look up who shares these pictures; to be done before they are let go. */
  async learn(pictures: Pick<HeldPicture, 'sha256'>[]): Promise<void> {
    const contents = new Set(pictures.map(({ sha256 }) => sha256));
    const unknown = [...contents].filter((sha256) => !this.#copies.has(sha256));
    if (unknown.length === 0) return;
    for (const { sha256, ownerId, copies } of await countCopies(this.#db, unknown)) {
      this.#copies.set(ownCopy(ownerId, sha256), copies);
      this.#copies.set(sha256, (this.#copies.get(sha256) ?? 0) + copies);
    }
  }

  /** Let go of an owner's thing. Returns what comes free by it. */
  release(ownerId: string, { bytes, pictures }: { bytes: number; pictures: HeldPicture[] }): Freed {
    const freed = { owner: bytes, total: bytes };
    for (const { uploadId, sha256, sizeBytes, takers } of pictures) {
      if (!isLast(this.#takers, uploadId, takers)) continue;
      if (isLast(this.#copies, ownCopy(ownerId, sha256))) freed.owner += sizeBytes;
      if (isLast(this.#copies, sha256)) freed.total += sizeBytes;
    }
    return freed;
  }
}

function ownCopy(ownerId: string, sha256: string): string {
  return `${ownerId}/${sha256}`;
}

/** Count one down from `count`, or from where it stands; true at the last. */
function isLast(left: Map<string, number>, key: string, count = 1): boolean {
  const rest = (left.get(key) ?? count) - 1;
  if (rest > 0) left.set(key, rest);
  else left.delete(key);
  return rest <= 0;
}
