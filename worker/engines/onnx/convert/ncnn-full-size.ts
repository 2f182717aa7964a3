import type { NcnnLayer } from './ncnn-param.ts';

/**
 * Kinds of layers of our own: a blob at the rows and columns of another, the same of a flow, whose lengths grow with it,
 * and a copy.
 */
export const FIT = 'fit';
export const FIT_FLOW = 'fit-flow';
export const COPY = 'copy';

const WARP = 'rife.Warp';

/**
 * Let a network that warps images see them smaller than it warps them. Motion is searched for at the size of the first
 * input that is no such image, and the last warp of each image, with all that follows on it, is done at the image's own
 * size. A network finds larger motion in smaller pictures, and sooner. What the last warp makes of each image is given
 * too, as `<image>_warped`: how far they disagree tells whether the network understood the motion. A network without
 * warps is left as it is.
 *
 * Source: the `scale` of RIFE's own code, https://github.com/hzwer/Practical-RIFE, which does the same layer by layer.
 */
export function warpAtFullSize(layers: readonly NcnnLayer[]): NcnnLayer[] {
  const lastWarps = new Map<string, NcnnLayer>();
  for (const layer of layers) if (layer.type === WARP) lastWarps.set(layer.inputs[0]!, layer);
  const inputs = layers.filter(({ type }) => type === 'Input');
  const small = inputs.map(({ outputs }) => outputs[0]!).find((input) => !lastWarps.has(input));
  const [image] = lastWarps.keys();
  if (!image || !small) return [...layers];

  const shrunk = [...lastWarps.keys()].map((name) => fit(FIT, name, small));
  const result = [...inputs, ...shrunk];
  /** Blobs of the images' own size. */
  const full = new Set<string>();
  for (const layer of layers.filter(({ type }) => type !== 'Input')) {
    const isLastWarp = lastWarps.get(layer.inputs[0]!) === layer;
    const isFull = isLastWarp || layer.inputs.some((blob) => full.has(blob));
    const enlarged = isLastWarp
      ? [fit(FIT_FLOW, layer.inputs[1]!, image)]
      : layer.inputs.filter((blob) => isFull && !full.has(blob)).map((blob) => fit(FIT, blob, image));
    result.push(...enlarged, reading(isFull ? enlarged : shrunk, layer));
    if (isFull) for (const blob of layer.outputs) full.add(blob);
    if (isLastWarp) result.push(copy(layer.outputs[0]!, `${layer.inputs[0]}_warped`));
  }
  return result;
}

/** The layer, reading what was fitted in place of what it was fitted from. */
function reading(fitted: readonly NcnnLayer[], layer: NcnnLayer): NcnnLayer {
  const names = new Map(fitted.map(({ inputs, outputs }) => [inputs[0]!, outputs[0]!]));
  return { ...layer, inputs: layer.inputs.map((blob) => names.get(blob) ?? blob) };
}

function fit(type: string, blob: string, like: string): NcnnLayer {
  const name = `${blob}_fitted`;
  return { type, name, inputs: [blob, like], outputs: [name], params: new Map() };
}

function copy(blob: string, name: string): NcnnLayer {
  return { type: COPY, name, inputs: [blob], outputs: [name], params: new Map() };
}
