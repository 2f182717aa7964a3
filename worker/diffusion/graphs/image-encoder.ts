import sharp from 'sharp';
import { AppError } from '#lib/core/errors';
import { rgbToFloatTensor } from '#worker/engines/onnx/tensors';
import type { Picture } from '#worker/pipelines/raster/size';
import { CLIP_SIDE } from './expected-tensors.ts';
import type { GraphSet } from './graph-set.ts';
import { runGraph } from './run-graph.ts';

/** Of RGB in 0..1, as CLIP was trained with (Radford et al., 2021). */
const CLIP = {
  scale: 1 / 255,
  mean: [0.48145466, 0.4578275, 0.40821073],
  deviation: [0.26862954, 0.26130258, 0.27577711],
} as const;

/** CLIP's states of a picture, [tokens, width]: the whole of it, squeezed into a square. DIFFUSION.md A5. */
export async function encodeImage(set: GraphSet, picture: Picture): Promise<Float32Array> {
  const graph = set.index.graphs.image_encoder;
  if (!graph) throw new AppError('internal', `${set.index.title} has no image encoder.`);
  const pixels = rgbToFloatTensor(await squeeze(picture), CLIP_SIDE, CLIP_SIDE, CLIP);
  const results = await runGraph(set, 'image_encoder', { [graph.inputs.pixels]: pixels }, [
    graph.outputs.states,
  ]);
  return results[graph.outputs.states]!.data as Float32Array;
}

/** By the same cubic as the published pipelines', a = -1/2, widened where the picture shrinks. */
async function squeeze({ width, height, rgb }: Picture): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .resize(CLIP_SIDE, CLIP_SIDE, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}
