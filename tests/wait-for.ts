import { setTimeout as delay } from 'node:timers/promises';

const DEADLINE_MS = 120_000;

/** Ask until the answer is true (or any value that is not falsy), and return it. A question that throws is a no. */
export async function waitFor<T>(what: string, question: () => Promise<T> | T): Promise<NonNullable<T>> {
  const deadline = performance.now() + DEADLINE_MS;
  while (performance.now() < deadline) {
    const answer = await Promise.resolve()
      .then(question)
      .catch(() => undefined);
    if (answer) return answer;
    await delay(25);
  }
  throw new Error(`Waited ${DEADLINE_MS / 1000} s for ${what}.`);
}
