import { type Components, connectedComponents } from './components.ts';
import type { Size } from './size.ts';

const ROUNDS = 2;

/**
 * Give each speck of a label map, a connected area smaller than `share` of the picture, to the label it shares most of
 * its border with. Changes `labels` in place.
 */
export function absorbSpecks(labels: Uint8Array, size: Size, share: number): void {
  for (let round = 0; round < ROUNDS; round++) {
    const components = connectedComponents(labels, size);
    const heirs = heirsOf(components, labels, size, share * labels.length);
    if (heirs.size === 0) return;
    const labelOf = components.labels.map((label, component) => heirs.get(component) ?? label);
    for (let i = 0; i < labels.length; i++) labels[i] = labelOf[components.of[i]!]!;
  }
}

/** The label that every speck takes. */
function heirsOf(
  { of, areas }: Components,
  labels: Uint8Array,
  size: Size,
  least: number,
): Map<number, number> {
  const borders = new Map<number, Map<number, number>>();
  const meet = (a: number, b: number) => {
    if (labels[a] === labels[b]) return;
    count(borders, of[a]!, labels[b]!, areas, least);
    count(borders, of[b]!, labels[a]!, areas, least);
  };
  const { width, height } = size;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (x < width - 1) meet(i, i + 1);
      if (y < height - 1) meet(i, i + width);
    }
  }
  return new Map([...borders].map(([speck, lengths]) => [speck, longest(lengths)]));
}

function count(
  borders: Map<number, Map<number, number>>,
  component: number,
  label: number,
  areas: number[],
  least: number,
): void {
  if (areas[component]! >= least) return;
  let lengths = borders.get(component);
  if (!lengths) borders.set(component, (lengths = new Map()));
  lengths.set(label, (lengths.get(label) ?? 0) + 1);
}

function longest(lengths: Map<number, number>): number {
  return [...lengths].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
