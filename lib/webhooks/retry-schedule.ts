const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long after each failed attempt the next one comes; about three days together, as Standard Webhooks advises. */
const DELAYS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];
/** Each may be longer or shorter by this share, so that what failed together does not come back together. */
const JITTER = 0.2;

/** Milliseconds from the failure of the `attempts`-th attempt to the next one; null where that was the last. */
export function webhookRetryDelayMs(attempts: number, random: () => number = Math.random): number | null {
  const delay = DELAYS_MS[attempts - 1];
  return delay === undefined ? null : Math.round(delay * (1 + JITTER * (2 * random() - 1)));
}
