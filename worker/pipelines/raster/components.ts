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
  let top = take(of, stack, 0, seed, component);
  let area = 0;
  while (top > 0) {
    const index = stack[--top]!;
    const x = index % width;
    area++;
    if (x > 0 && isFree(labels, of, index - 1, label)) top = take(of, stack, top, index - 1, component);
    if (x < width - 1 && isFree(labels, of, index + 1, label))
      top = take(of, stack, top, index + 1, component);
    if (index >= width && isFree(labels, of, index - width, label))
      top = take(of, stack, top, index - width, component);
    if (index < width * (height - 1) && isFree(labels, of, index + width, label))
      top = take(of, stack, top, index + width, component);
  }
  return area;
}

function isFree(labels: Uint8Array, of: Int32Array, index: number, label: number): boolean {
  return of[index] === -1 && labels[index] === label;
}

/** Count a pixel to a component, and lay it on the stack; gives how many lie there then. */
function take(of: Int32Array, stack: Int32Array, top: number, index: number, component: number): number {
  of[index] = component;
  stack[top] = index;
  return top + 1;
}
