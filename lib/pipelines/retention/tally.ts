import type { Taken } from './prunable.ts';

/** What one owner has, or loses. */
export interface OwnerTally {
  ownerId: string;
  jobs: number;
  uploads: number;
  bytes: number;
  /** When the oldest of them ended or was sent. */
  oldestAt: number;
}

/** A count of finished jobs and unused uploads, by owner and in all. */
export class Tally {
  readonly #owners = new Map<string, OwnerTally>();
  #bytes = 0;

  add({ ownerId, kind, mark, freed }: Taken): void {
    const owner = this.#owners.get(ownerId) ?? { ownerId, jobs: 0, uploads: 0, bytes: 0, oldestAt: mark.at };
    owner[`${kind}s`] += 1;
    owner.bytes += freed.owner;
    owner.oldestAt = Math.min(owner.oldestAt, mark.at);
    this.#owners.set(ownerId, owner);
    this.#bytes += freed.total;
  }

  /** Of everybody: less than the owners' together, where two of them have the same picture. */
  get bytes(): number {
    return this.#bytes;
  }

  bytesOf(ownerId: string): number {
    return this.#owners.get(ownerId)?.bytes ?? 0;
  }

  get owners(): OwnerTally[] {
    return [...this.#owners.values()];
  }
}
