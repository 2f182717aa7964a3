/** How long the steps of a stage take: the mean since the first that was begun, or since a model was loaded last. */
export class Pace {
  #from: { step: number; at: number } | undefined;
  #stepMs: number | undefined;

  /** Count from here: what came before is not in the way of the steps to come. Times in milliseconds of any clock. */
  startAt(step: number, now: number): void {
    this.#from = { step, at: now };
  }

  /** So many steps are done. Gives what one takes, or undefined before that can be said. */
  reach(step: number, now: number): number | undefined {
    if (!this.#from) this.startAt(step, now);
    const { step: first, at } = this.#from!;
    if (step > first) this.#stepMs = (now - at) / (step - first);
    return this.#stepMs;
  }
}
