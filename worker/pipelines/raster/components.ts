import type { Size } from './size.ts';

/** Areas of pixels of one label that touch by their sides. */
export interface Components {
  /** The component of each pixel. */
  of: Int32Array;
  /** Pixels of each component. */
  areas: number[];
  /** The label of each component. */
  labels: number[];
}

/** Connected areas (4 neighbours) of equal label, numbered in reading order. */
export function connectedComponents(labels: Uint8Array, { width, height }: Size): Components {
  const of = new Int32Array(labels.length).fill(-1);
  const stack = new Int32Array(labels.length);
  const found: Components = { of, areas: [], labels: [] };
  for (let seed = 0; seed < labels.length; seed++) {
    if (of[seed] !== -1) continue;
    found.labels.push(labels[seed]!);
    found.areas.push(flood(labels, of, stack, seed, found.areas.length, width, height));
  }
  return found;
}

function flood(
  labels: Uint8Array,
  of: Int32Array,
  stack: Int32Array,
  seed: number,
  component: number,
  width: number,
  height: number,
): number {
  const label = labels[seed]!;
  let top = 0;
  let area = 0;
  const visit = (index: number) => {
    if (of[index] !== -1 || labels[index] !== label) return;
    of[index] = component;
    stack[top++] = index;
  };
  visit(seed);
  while (top > 0) {
    const index = stack[--top]!;
    const x = index % width;
    area++;
    if (x > 0) visit(index - 1);
    if (x < width - 1) visit(index + 1);
    if (index >= width) visit(index - width);
    if (index < width * (height - 1)) visit(index + width);
  }
  return area;
}
