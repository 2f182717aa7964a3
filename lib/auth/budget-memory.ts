import type { Spending } from './budgets.ts';

/** What one process knows of budgets without asking the database. */
export class BudgetMemory {
  /** Who was refused is refused again, for as long as nothing can have changed: asking on costs no statement. */
  readonly refusals = new Windowed<Extract<Spending, { granted: false }>>();
  /** Requests that were counted ahead. `used` is the shared count with all of them. */
  readonly leases = new Windowed<{ used: number; left: number }>();
  readonly renewing = new Together<Spending>();
}

/** How many are remembered before those that have ended are looked for. */
const MOST = 10_000;

/** Values that hold until a moment. */
class Windowed<T> {
  readonly #values = new Map<string, T & { endsAt: number }>();

  find(key: string, now: number): (T & { endsAt: number }) | undefined {
    const value = this.#values.get(key);
    return value && value.endsAt > now ? value : undefined;
  }

  keep(key: string, value: T & { endsAt: number }, now: number): T {
    if (this.#values.size >= MOST) this.#forgetEnded(now);
    this.#values.set(key, value);
    return value;
  }

  /** All of them where none has ended: what is forgotten is only asked for once more. */
  #forgetEnded(now: number): void {
    for (const [key, { endsAt }] of this.#values) if (endsAt <= now) this.#values.delete(key);
    if (this.#values.size >= MOST) this.#values.clear();
  }
}

/** Work that those who ask for it at the same time share. */
class Together<T> {
  readonly #underway = new Map<string, Promise<T>>();

  once(key: string, work: () => Promise<T>): Promise<T> {
    const underway = this.#underway.get(key);
    if (underway) return underway;
    const begun = work().finally(() => this.#underway.delete(key));
    this.#underway.set(key, begun);
    return begun;
  }
}
