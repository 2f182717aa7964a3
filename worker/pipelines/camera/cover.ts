import { TEXELS_PER_PIXEL, reliefSize, RELIEF_STEP, type Scene, type Sheet } from './scene.ts';
import type { View } from './geometry.ts';

/** Opacity (0..255) from which a sheet is seen to end at the picture's edge. */
const SEEN = 8;

/** The least and the greatest disparity of what shows at each edge of the picture. */
export interface Edges {
  left: Range;
  right: Range;
  top: Range;
  bottom: Range;
}

type Range = readonly [least: number, most: number];

/** What lies at the edges of a scene, over all its sheets, hidden or not. */
export function edgesOf(scene: Scene): Edges {
  const { width, height } = scene;
  const along = (length: number, place: (at: number) => readonly [x: number, y: number]) =>
    rangeOf(
      scene,
      Array.from({ length }, (_, at) => place(at)),
    );
  return {
    left: along(height, (y) => [0, y]),
    right: along(height, (y) => [width - 1, y]),
    top: along(width, (x) => [x, 0]),
    bottom: along(width, (x) => [x, height - 1]),
  };
}

function rangeOf(scene: Scene, places: (readonly [number, number])[]): Range {
  let [least, most] = [1, 0];
  for (const sheet of scene.sheets) {
    for (const [x, y] of places) {
      if (opacityAt(sheet, x, y) < SEEN) continue;
      const disparity = disparityAt(sheet, scene, x, y);
      least = Math.min(least, disparity);
      most = Math.max(most, disparity);
    }
  }
  return [least, most];
}

function opacityAt({ left, top, width, height, texels }: Sheet, x: number, y: number): number {
  if (x < left || y < top || x >= left + width || y >= top + height) return 0;
  const row = (y - top) * TEXELS_PER_PIXEL * width * TEXELS_PER_PIXEL;
  return texels[row + (x - left) * TEXELS_PER_PIXEL]! >>> 24;
}

function disparityAt({ relief }: Sheet, scene: Scene, x: number, y: number): number {
  const { width } = reliefSize(scene);
  return relief[Math.round(y / RELIEF_STEP) * width + Math.round(x / RELIEF_STEP)]!;
}

/**
 * How much closer (1 or more) a view has to be zoomed so that nothing beyond the photo's edges is in the frame. A place
 * on an edge moves evenly with its disparity, so the least and the greatest are all that matter.
 */
export function coverZoom(view: View, edges: Edges, { width, height }: Scene): number {
  const across = { half: (width - 1) / 2, offset: view.offsetX, aside: view.asideX };
  const down = { half: (height - 1) / 2, offset: view.offsetY, aside: view.asideY };
  const needs = [
    needAt(view, across, -1, edges.left),
    needAt(view, across, 1, edges.right),
    needAt(view, down, -1, edges.top),
    needAt(view, down, 1, edges.bottom),
  ];
  return Math.max(1, ...needs);
}

interface Axis {
  /** Half the side, in pixels. */
  half: number;
  offset: number;
  aside: number;
}

function needAt({ scale, forward }: View, { half, offset, aside }: Axis, side: 1 | -1, range: Range): number {
  const needs = range.map((disparity) => {
    const seenAt = (side * half - disparity * aside) / (1 - disparity * forward);
    return (half * scale) / (side * (seenAt - offset));
  });
  // Where an edge has gone beyond the middle of the frame, no zoom helps; the moves are far too short for that.
  return Math.max(...needs);
}
