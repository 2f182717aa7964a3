import { tmpdir } from 'node:os';
import { settings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import type { ModelIndex } from '#lib/models/contract/model-index';
import { machineMemory } from '#lib/models/memory';
import { requirePresent } from '#lib/models/selection';
import { asPlaced } from '#lib/models/weights';
import type { SessionCache } from '#worker/engines/onnx/sessions';
import { decode } from './decode.ts';
import { GraphSet, type GraphSource } from './graph-set.ts';
import { encodeImage } from './image-encoder.ts';
import { encodeText } from './text-encoder.ts';
import { velocity } from './transformer.ts';
import { encodeFrames } from './vae-encoder.ts';
import type { VideoGraphs } from './video-graphs.ts';

/** How much of the memory that there is the VAE is given; the rest is for what surrounds it. */
const VAE_SHARE = 1 / 2;

/**
 * The graphs of a catalogue model that makes video out of noise. None is opened yet. Throws AppError
 * `weights_missing`, or what else keeps the model from being used.
 */
export async function openVideoGraphs(sessions: SessionCache, modelId: string): Promise<VideoGraphs> {
  const index = indexOf(sessions.weightsDir, modelId);
  const source: GraphSource = {
    open: (graph) => sessions.open(modelId, graph),
    close: (graph) => sessions.close(modelId, graph),
  };
  return bindVideoGraphs(index, source, machineMemory(settings()) * VAE_SHARE);
}

function indexOf(weightsDir: string, modelId: string): ModelIndex {
  const model = findModel(modelId);
  if (!model) throw new AppError('internal', `The engine does not know a model “${modelId}”.`);
  requirePresent(weightsDir, model);
  const index = asPlaced(weightsDir, model)?.index;
  if (!index) throw new AppError('internal', `${model.title} has no graphs that make video out of noise.`);
  return index;
}

/** Graphs from wherever they are; of whose VAE a part at a time is run where the whole needs more than `vaeBytes`. */
export function bindVideoGraphs(index: ModelIndex, source: GraphSource, vaeBytes: number): VideoGraphs {
  const set = new GraphSet(index, source);
  return {
    index,
    encodeText: (tokens) => encodeText(set, tokens),
    velocity: (input) => velocity(set, input),
    encodeFrames: (frames, size, watch) => encodeFrames({ set, frames, size, watch }, vaeBytes),
    encodeImage: (picture) => encodeImage(set, picture),
    decode: (latents, shape, { scratchDir = tmpdir(), watch } = {}) =>
      decode({ set, latents, shape, scratchDir, watch }, vaeBytes),
  };
}
