/** The value below which this share (0..1) of the values lies; the nearest that occurs. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

/** The median of each figure over rounds that measured the same figures. */
export function medians<Figures extends object>(rounds: Figures[]): Figures {
  const names = Object.keys(rounds[0]!) as (keyof Figures)[];
  const figures = names.map((name) => [name, median(rounds.map((round) => round[name] as number))]);
  return Object.fromEntries(figures) as Figures;
}
