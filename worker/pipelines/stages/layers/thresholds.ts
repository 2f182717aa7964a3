/** Share of all pixels that a layer has at least, where the picture allows it. */
const LEAST_SHARE = 0.01;
/** What cutting through the fullest depth costs, as a share of the whole variance. */
const VALLEY_WEIGHT = 0.05;

/**
 * Where to cut a histogram into `classes` runs so that each is as uniform as can be: the least sum of variances
 * within classes (Otsu, 1979, for many levels; found exactly by dynamic programming as in Fisher, 1958), plus a small
 * cost for cutting where many pixels lie, so that cuts fall into the valleys between things.
 *
 * Gives the first bin of every class but the lowest, ascending; undefined where the histogram has too few values for
 * that many classes of at least LEAST_SHARE each.
 */
export function chooseThresholds(histogram: ArrayLike<number>, classes: number): number[] | undefined {
  const bins = histogram.length;
  const sums = runningSums(histogram);
  const least = sums.count[bins]! * LEAST_SHARE;
  const cutCost = costOfCutting(histogram, spread(sums, 0, bins));
  let best = Array.from({ length: bins + 1 }, (_, end) => classCost(sums, 0, end, least));
  const cameFrom: Int32Array[] = [];
  for (let level = 1; level < classes; level++) {
    const origin = new Int32Array(bins + 1);
    const next = Array.from({ length: bins + 1 }, () => Infinity);
    for (let end = 1; end <= bins; end++) {
      for (let start = 1; start < end; start++) {
        const cost = best[start]! + cutCost[start]! + classCost(sums, start, end, least);
        if (cost < next[end]!) {
          next[end] = cost;
          origin[end] = start;
        }
      }
    }
    cameFrom.push(origin);
    best = next;
  }
  return best[bins] === Infinity ? undefined : traceBack(cameFrom, bins);
}

function traceBack(cameFrom: Int32Array[], bins: number): number[] {
  const thresholds: number[] = [];
  let end = bins;
  for (const origin of cameFrom.toReversed()) {
    end = origin[end]!;
    thresholds.unshift(end);
  }
  return thresholds;
}

interface RunningSums {
  count: Float64Array;
  first: Float64Array;
  second: Float64Array;
}

function runningSums(histogram: ArrayLike<number>): RunningSums {
  const sums = [0, 1, 2].map((power) => {
    const running = new Float64Array(histogram.length + 1);
    for (let bin = 0; bin < histogram.length; bin++)
      running[bin + 1] = running[bin]! + histogram[bin]! * bin ** power;
    return running;
  });
  return { count: sums[0]!, first: sums[1]!, second: sums[2]! };
}

/** Sum of squared differences from the mean, over bins start..end-1. */
function spread({ count, first, second }: RunningSums, start: number, end: number): number {
  const n = count[end]! - count[start]!;
  if (n === 0) return 0;
  return second[end]! - second[start]! - (first[end]! - first[start]!) ** 2 / n;
}

function classCost(sums: RunningSums, start: number, end: number, least: number): number {
  const n = sums.count[end]! - sums.count[start]!;
  return n === 0 || n < least ? Infinity : spread(sums, start, end);
}

/** Cost of a cut below each bin: in proportion to how full the histogram is around it. */
function costOfCutting(histogram: ArrayLike<number>, variance: number): Float64Array {
  const reach = Math.max(1, Math.round(histogram.length / 128));
  const density = Float64Array.from({ length: histogram.length + 1 }, (_, cut) => {
    let around = 0;
    for (let bin = Math.max(0, cut - reach); bin < Math.min(histogram.length, cut + reach); bin++) {
      around += histogram[bin]!;
    }
    return around;
  });
  const fullest = density.reduce((most, value) => Math.max(most, value), 1);
  return density.map((value) => (VALLEY_WEIGHT * variance * value) / fullest);
}
