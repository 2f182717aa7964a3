/** 0 for no values at all. */
export function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The value below which `share` (0..1) of the samples lie. Sorts a copy of at most about 20,000 of them. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const stride = Math.max(1, Math.floor(values.length / 20_000));
  const sample = new Float32Array(Math.ceil(values.length / stride));
  for (let i = 0; i < sample.length; i++) sample[i] = values[i * stride]!;
  sample.sort();
  return sample[Math.min(sample.length - 1, Math.floor(share * sample.length))] ?? 0;
}

/**
 * Stretch values so that all but `tail` of them at either end span 0..1; the rest is clamped. Values that are all the
 * same become 0.
 */
export function normalise(values: Float32Array, tail: number): Float32Array {
  const low = quantile(values, tail);
  const span = quantile(values, 1 - tail) - low;
  if (span < 1e-6) return new Float32Array(values.length);
  return values.map((value) => Math.min(1, Math.max(0, (value - low) / span)));
}

/** 0 below `from`, 1 above `to`, and a smooth cubic between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** A function from bytes to 0..1, tabulated as bytes. */
export function byteTable(valueAt: (byte: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => Math.round(255 * valueAt(byte)));
}
