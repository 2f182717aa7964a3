/** Shares of noise that a step goes between, and the one it came from. */
export interface Span {
  before: number | undefined;
  from: number;
  to: number;
}

/** What each thing known weighs in the latents at the end of a span; `after` is the clean latents that are seen there. */
export interface Weights {
  base: number;
  clean: number;
  before: number;
  after: number;
}

/** Of the prediction of the end from its beginning, with the clean latents seen there and, at order 2, one step before. */
export function predictor(span: Span, order: number): Weights {
  // Without noise nothing is left but what is clean.
  if (span.to === 0) return { base: 0, clean: 1, before: 0, after: 0 };
  const { base, gain, ratio } = terms(span, order);
  const slope = order === 1 ? 0 : (0.5 * gain) / ratio;
  return { base, clean: gain - slope, before: slope, after: 0 };
}

/** Of the end seen again, when the network has said what is clean there too. */
export function corrector(span: Span, order: number): Weights {
  const { base, gain, ratio, h } = terms(span, order);
  if (order === 1) return { base, clean: 0.5 * gain, before: 0, after: 0.5 * gain };
  // The paper's R and b: two equations for the weights of the differences to the step before and to the one after.
  const first = Math.expm1(-h) / -h - 1;
  const b1 = first / Math.expm1(-h);
  const b2 = (2 * (first / -h - 0.5)) / Math.expm1(-h);
  const towardsBefore = (b1 - b2) / (1 - ratio);
  const after = gain * (b1 - towardsBefore);
  const before = (gain * towardsBefore) / ratio;
  return { base, clean: gain - before - after, before, after };
}

/** The exact solution for clean latents that do not change, and how far before the span the older ones were seen. */
function terms({ before, from, to }: Span, order: number) {
  const h = logRatio(to) - logRatio(from);
  const ratio = order === 1 ? 1 : (logRatio(before!) - logRatio(from)) / h;
  return { base: to / from, gain: -(1 - to) * Math.expm1(-h), ratio, h };
}

/** Half the logarithm of the signal-to-noise ratio. */
function logRatio(sigma: number): number {
  return Math.log(1 - sigma) - Math.log(sigma);
}
