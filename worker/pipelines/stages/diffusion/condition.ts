import { join } from 'node:path';
import { conditionFrames, maskedCondition } from '#worker/diffusion/conditioning/mask-concat';
import { openVideoGraphs } from '#worker/diffusion/graphs/open-video-graphs';
import type { VideoGraphs, Watch } from '#worker/diffusion/graphs/video-graphs';
import { planesOf } from '#worker/diffusion/planes';
import type { Picture } from '#worker/pipelines/raster/size';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { floatRecord, writeFloats } from '../float-file.ts';
import { modelFor } from '../model.ts';
import { decodePhoto } from '../photo.ts';
import { type GenerationRequest, latentShape, requestOf } from './request.ts';

export const CONDITION_FILE = 'condition.f32';
export const IMAGE_FILE = 'image.f32';

/** The pictures that the video begins and ends with. */
interface Given {
  first: Picture;
  last: Picture | null;
}

/**
 * What the networks make of the pictures that the video begins and, where the model takes one, ends with. Writes
 * `condition.f32`: the channels beside the latents of a model of `mask-concat`, and the latents of the first frame of
 * the others; and `image.f32`, what CLIP sees in them, for a model that looks at that.
 */
export async function encodePictures(context: StageContext): Promise<WrittenFile[]> {
  const { sessions, outDir, progress } = context;
  const request = requestOf(context);
  const graphs = await openVideoGraphs(sessions, modelFor(context, 'video'));
  const given = await givenPictures(context, graphs);
  const written = new Map([[CONDITION_FILE, await encodeCondition(graphs, given, request, progress)]]);
  if (graphs.index.graphs.image_encoder) written.set(IMAGE_FILE, await lookAt(graphs, given));
  for (const [name, values] of written) await writeFloats(join(outDir, name), values);
  return [...written.keys()].map(floatRecord);
}

/** Cut to the shape of the video where theirs is another, and at its size. */
async function givenPictures({ inputs, params }: StageContext, { index }: VideoGraphs): Promise<Given> {
  const { image, end_image: endImage } = inputs;
  const { width, height } = requestOf({ params });
  const fit = (path: string) => decodePhoto(path, { width, height }, 'cover');
  const takesLast = index.conditioning.last_frame && endImage;
  return { first: await fit(image!.path), last: takesLast ? await fit(endImage.path) : null };
}

async function encodeCondition(
  graphs: VideoGraphs,
  { first, last }: Given,
  request: GenerationRequest,
  watch: Watch,
): Promise<Float32Array> {
  const { conditioning, latents } = graphs.index;
  if (conditioning.kind !== 'mask-concat') return graphs.encodeFrames([inPlanes(first)], first, watch);
  const frames = conditionFrames(inPlanes(first), last && inPlanes(last), request.frames);
  const encoded = await graphs.encodeFrames(frames, first, watch);
  const shape = latentShape(graphs.index, request);
  return maskedCondition(shape, { first: true, last: last !== null }, encoded, latents.scale.time);
}

function inPlanes(picture: Picture): Float32Array {
  return planesOf(picture.rgb, picture).data;
}

/** What CLIP sees in each picture, one after the other. */
async function lookAt(graphs: VideoGraphs, { first, last }: Given): Promise<Float32Array> {
  const seen = [await graphs.encodeImage(first)];
  if (last) seen.push(await graphs.encodeImage(last));
  const joined = new Float32Array(seen.reduce((length, states) => length + states.length, 0));
  seen.forEach((states, at) => joined.set(states, at * states.length));
  return joined;
}
