import { boxMean } from '#worker/pipelines/raster/box-mean';
import { smoothWithin } from '#worker/pipelines/raster/domain-transform';
import { extremesAround } from '#worker/pipelines/raster/extremes';
import { guidedUpsample } from '#worker/pipelines/raster/guided-upsample';
import { smoothstep } from '#worker/pipelines/raster/levels';
import type { Picture, Plane } from '#worker/pipelines/raster/size';

/** Reach of the smoothing, as a share of the long side. */
const REACH = 0.06;
const COLOUR_REACH = 60;
/** Change of nearness along a hundredth of the long side that halves the trust in a value. */
const DOUBTFUL_CHANGE = 0.04;

/** Half the width of a ramp that becomes a step, in hundredths of the long side, and the least rise it has. */
const STEEP_REACH = 0.6;
const STEEP = 0.12;

/**
 * Depth that changes where the photo does. A network's depth is blurred across object edges: values on such a ramp
 * belong to neither side, so they are trusted little, and the sure ones beside them spread up to the photo's edge.
 * Both of one size; nearness in 0..1.
 */
export function snapToEdges(nearness: Plane, photo: Picture): Plane {
  const longSide = Math.max(photo.width, photo.height);
  return smoothWithin(nearness, trust(nearness, longSide / 100), photo.rgb, {
    sigmaSpace: REACH * longSide,
    sigmaColour: COLOUR_REACH,
    iterations: 3,
  });
}

/**
 * Turn what is left of a ramp at an object's edge into a step: a pixel between a far and a near side takes the one it
 * is closer to (toggle mapping, Kramer & Bruckner, 1975). Gentle slopes, such as a floor, are left alone. Without this
 * every edge between far and near would leave a thin seam of some layer in between.
 */
export function steepen(nearness: Plane): Plane {
  const radius = Math.max(1, Math.round((STEEP_REACH * Math.max(nearness.width, nearness.height)) / 100));
  const once = toggle(nearness, radius);
  // Smoothing in between takes the stairs out of the outline; the wider window takes back what it blurred.
  return toggle(boxMean(once, radius), radius + 1);
}

function toggle(nearness: Plane, radius: number): Plane {
  const { least, most } = extremesAround(nearness, radius);
  const data = nearness.data.map((value, i) => {
    const range = most[i]! - least[i]!;
    const snapped = value - least[i]! < most[i]! - value ? least[i]! : most[i]!;
    return value + (snapped - value) * smoothstep(STEEP / 2, STEEP, range);
  });
  return { ...nearness, data };
}

function trust({ width, height, data }: Plane, stretch: number): Plane {
  const trusted = new Float32Array(data.length);
  const reach = Math.max(1, Math.round(stretch / 2));
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - reach) * width;
    const below = Math.min(height - 1, y + reach) * width;
    for (let x = 0; x < width; x++) {
      const left = y * width + Math.max(0, x - reach);
      const right = y * width + Math.min(width - 1, x + reach);
      const change = Math.hypot(data[right]! - data[left]!, data[below + x]! - data[above + x]!);
      trusted[y * width + x] = 1 / (1 + (change / DOUBTFUL_CHANGE) ** 2);
    }
  }
  return { width, height, data: trusted };
}

/** Bring depth from the working size to the photo's own. */
export function toFullSize(nearness: Plane, small: Picture, full: Picture): Plane {
  if (small.width === full.width && small.height === full.height) return nearness;
  return guidedUpsample(nearness, small, full, 4, 1e-4);
}
