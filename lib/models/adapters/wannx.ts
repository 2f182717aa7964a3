import type { IndexFile, ModelIndex } from '../contract/model-index.ts';
import type { Adapter } from './adapter.ts';

const CHANNELS = 16;
/** As many as Wan's decoder has causal convolutions; the last takes no part, and is carried along. */
const CACHES = 33;

/**
 * Wan 2.1 T2V 14B as https://github.com/AkaneTendo25/wannx (968ffda) exports it, its linear layers in four bits: names of
 * files and tensors from its converters. Never run here. Its attention is float16, which takes CUDA; its VAE takes latents
 * as they are and scales them itself, so that mean and deviation are those of none.
 */
export const wannx: Adapter = {
  files: [
    'dit.onnx',
    'dit.onnx.data',
    't5_encoder_fp16.onnx',
    't5_encoder_fp16.onnx.data',
    'vae_decoder.onnx',
    'vae_decoder_init.onnx',
    'tokenizer.json',
    'tokenizer_config.json',
  ],
  index: (file) => ({
    contract: 1,
    id: 'wan2.1-t2v-14b-q4',
    title: 'Wan 2.1 T2V 14B in four bits',
    licence: 'Apache-2.0',
    family: 'wan',
    pipelines: ['t2v'],
    tokenizer: {
      files: [file('tokenizer.json'), file('tokenizer_config.json')],
      length: 512,
      pad_id: 0,
      eos_id: 1,
    },
    graphs: graphsOf(file),
    latents: {
      channels: CHANNELS,
      scale: { time: 4, space: 8 },
      mean: Array<number>(CHANNELS).fill(0),
      std: Array<number>(CHANNELS).fill(1),
      // Nobody has measured them for it: previews are grey.
      rgb: {
        factors: Array.from({ length: CHANNELS }, () => [0, 0, 0] as [number, number, number]),
        bias: [0.5, 0.5, 0.5],
      },
    },
    text: { width: 4096 },
    patch: [1, 2, 2],
    timestep: 'scalar',
    conditioning: { kind: 'none', last_frame: false, optional: true },
    frames: { default: 81, min: 5, max: 121 },
    size: { default: { width: 832, height: 480 }, multiple: 16, min: 128, max_pixels: 1280 * 720 },
    fps: { default: 16, min: 4, max: 30 },
    steps: { default: 50, min: 1, max: 60 },
    guidance: { default: 5, min: 1, max: 20 },
    schedule: { scheduler: 'unipc', schedulers: ['unipc', 'flow-euler'], shift: 5 },
    // The transformer's as its author measured it on a GPU, 81 frames of 832x480.
    memory: { text_encoder: 26_000_000_000, transformer: 23_400_000_000, vae: 8_000_000_000 },
  }),
};

function graphsOf(file: (name: string) => IndexFile): ModelIndex['graphs'] {
  return {
    text_encoder: {
      files: [file('t5_encoder_fp16.onnx'), file('t5_encoder_fp16.onnx.data')],
      inputs: { ids: 'input_ids', mask: 'attention_mask' },
      outputs: { states: 'text_embeddings' },
    },
    transformer: {
      files: [file('dit.onnx'), file('dit.onnx.data')],
      inputs: { latents: 'latent_input', timestep: 'timestep', text: 'text_embeddings' },
      outputs: { velocity: 'noise_prediction' },
    },
    vae_decoder_init: {
      files: [file('vae_decoder_init.onnx')],
      inputs: { latents: 'latent_frame' },
      outputs: { frames: 'video_frames', caches: caches('nc') },
    },
    vae_decoder_step: {
      files: [file('vae_decoder.onnx')],
      inputs: { latents: 'latent_frame', caches: caches('c') },
      outputs: { frames: 'video_frames', caches: caches('nc') },
    },
  };
}

function caches(prefix: string): string[] {
  return Array.from({ length: CACHES }, (_, at) => `${prefix}${at}`);
}
