'use client';

import { useSyncExternalStore } from 'react';

const TICK_MS = 15_000;
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const FORMAT = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago, in the largest unit that fits, and kept so. `at` is ISO 8601. */
export function RelativeTime({ at }: { at: string }) {
  const now = useSyncExternalStore(subscribe, lastTick, lastTick);
  return (
    <time dateTime={at} title={at} suppressHydrationWarning>
      {describe(Date.parse(at) - now)}
    </time>
  );
}

function describe(differenceMs: number): string {
  for (const [unit, unitMs] of UNITS) {
    if (Math.abs(differenceMs) >= unitMs) return FORMAT.format(Math.trunc(differenceMs / unitMs), unit);
  }
  return 'just now';
}

function subscribe(onTick: () => void) {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}

function lastTick(): number {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS;
}
