import { CONTRACT, type IndexFile, type ModelIndex } from '#lib/models/contract/model-index';

/** The real models, in whose image the tiny ones are made. */
export type TinyKind =
  | 'wan-2.1-t2v'
  | 'wan-2.1-i2v'
  | 'wan-2.1-flf2v'
  | 'wan-2.2-t2v-a14b'
  | 'wan-2.2-i2v-a14b'
  | 'wan-2.2-ti2v-5b';

export const TINY_KINDS: readonly TinyKind[] = [
  'wan-2.1-t2v',
  'wan-2.1-i2v',
  'wan-2.1-flf2v',
  'wan-2.2-t2v-a14b',
  'wan-2.2-i2v-a14b',
  'wan-2.2-ti2v-5b',
];

export const TEXT_LENGTH = 512;

export const TINY_CONDITIONING: Record<TinyKind, ModelIndex['conditioning']> = {
  'wan-2.1-t2v': { kind: 'none', last_frame: false, optional: true },
  'wan-2.1-i2v': { kind: 'mask-concat', last_frame: false, optional: false },
  'wan-2.1-flf2v': { kind: 'mask-concat', last_frame: true, optional: false },
  'wan-2.2-t2v-a14b': { kind: 'none', last_frame: false, optional: true },
  'wan-2.2-i2v-a14b': { kind: 'mask-concat', last_frame: true, optional: false },
  'wan-2.2-ti2v-5b': { kind: 'first-frame-timestep', last_frame: false, optional: true },
};

const BOUNDARY: Partial<Record<TinyKind, number>> = { 'wan-2.2-t2v-a14b': 0.875, 'wan-2.2-i2v-a14b': 0.9 };

/** Of Wan 2.1's VAE; DIFFUSION.md A1. */
export const MEAN_16 = [
  -0.7571, -0.7089, -0.9113, 0.1075, -0.1745, 0.9653, -0.1517, 1.5508, 0.4134, -0.0715, 0.5517, -0.3632,
  -0.1922, -0.9497, 0.2503, -0.2921,
];
export const STD_16 = [
  2.8184, 1.4541, 2.3275, 2.6558, 1.2196, 1.7708, 2.6052, 2.0743, 3.2687, 2.1526, 2.8652, 1.5579, 1.6382,
  1.1253, 2.8251, 1.916,
];

/** Whether it looks at its picture with CLIP as well. */
export function seesWithClip(kind: TinyKind): boolean {
  return kind === 'wan-2.1-i2v' || kind === 'wan-2.1-flf2v';
}

/** Where a name stands for the file of that name. */
type FileOf = (name: string) => IndexFile;

/** The index of a tiny model: tensor names, channels and scales are the real one's. */
export function tinyIndex(kind: TinyKind, file: FileOf): ModelIndex {
  const conditioning = TINY_CONDITIONING[kind];
  const boundary = BOUNDARY[kind];
  const large = kind === 'wan-2.2-ti2v-5b';
  const channels = large ? 48 : 16;
  const [mean, std] = large ? [Array(48).fill(0), Array(48).fill(1)] : [MEAN_16, STD_16];
  const from = conditioning.kind === 'none' ? [] : (['i2v', 'ti2v'] as const);
  return {
    contract: CONTRACT,
    id: `tiny-${kind}`,
    title: `Tiny ${kind}`,
    licence: 'MIT',
    family: 'wan',
    pipelines: conditioning.optional ? ['t2v', ...from] : [...from],
    tokenizer: {
      files: [file('tokenizer.json'), file('tokenizer_config.json')],
      length: TEXT_LENGTH,
      pad_id: 0,
      eos_id: 1,
    },
    graphs: tinyGraphs(kind, file),
    latents: {
      channels,
      scale: { time: 4, space: large ? 16 : 8 },
      mean,
      std,
      // Red, green and blue are the first three channels, from -1..1.
      rgb: {
        factors: mean.map((_, at) => [0, 1, 2].map((colour) => (at === colour ? 0.5 : 0)) as Rgb),
        bias: [0.5, 0.5, 0.5],
      },
    },
    text: { width: 4096 },
    patch: [1, 2, 2],
    timestep: large ? 'per-token' : 'scalar',
    conditioning,
    frames: { default: 5, min: 5, max: 81 },
    size: { default: { width: 64, height: 64 }, multiple: large ? 32 : 16, min: 32, max_pixels: 640 * 480 },
    fps: { default: 16, min: 4, max: 30 },
    steps: { default: 4, min: 1, max: 60 },
    guidance: { default: 5, min: 1, max: 20 },
    schedule: { scheduler: 'unipc', schedulers: ['unipc', 'flow-euler'], shift: 3, boundary },
    memory: { text_encoder: 50_000_000, transformer: 50_000_000, vae: 1_000_000 },
  };
}

type Rgb = [number, number, number];

function tinyGraphs(kind: TinyKind, file: FileOf): ModelIndex['graphs'] {
  const image = seesWithClip(kind) ? { image: 'encoder_hidden_states_image' } : {};
  const transformer = (name: string): ModelIndex['graphs']['transformer'] => ({
    files: [file(name)],
    inputs: { latents: 'hidden_states', timestep: 'timestep', text: 'encoder_hidden_states', ...image },
    outputs: { velocity: 'velocity' },
  });
  return {
    text_encoder: {
      files: [file('text_encoder.onnx')],
      inputs: { ids: 'input_ids', mask: 'attention_mask' },
      outputs: { states: 'last_hidden_state' },
    },
    transformer: transformer('transformer.onnx'),
    ...(BOUNDARY[kind] ? { transformer_2: transformer('transformer_2.onnx') } : {}),
    ...(seesWithClip(kind) ? { image_encoder: imageEncoder(file) } : {}),
    ...encoders(TINY_CONDITIONING[kind].kind, file),
    vae_decoder_init: {
      files: [file('vae_decoder_init.onnx')],
      inputs: { latents: 'latents' },
      outputs: { frames: 'frames', caches: ['cache_0', 'cache_1'] },
    },
    vae_decoder_step: {
      files: [file('vae_decoder_step.onnx')],
      inputs: { latents: 'latents', caches: ['cache_0', 'cache_1'] },
      outputs: { frames: 'frames', caches: ['next_cache_0', 'next_cache_1'] },
    },
  };
}

function imageEncoder(file: FileOf): NonNullable<ModelIndex['graphs']['image_encoder']> {
  const [inputs, outputs] = [{ pixels: 'pixel_values' }, { states: 'image_states' }];
  return { files: [file('image_encoder.onnx')], inputs, outputs };
}

/** One that makes video of words alone encodes none; one that is given a single picture needs no step. */
function encoders(
  kind: ModelIndex['conditioning']['kind'],
  file: FileOf,
): Pick<ModelIndex['graphs'], 'vae_encoder_init' | 'vae_encoder_step'> {
  if (kind === 'none') return {};
  const init = {
    files: [file('vae_encoder_init.onnx')] as [IndexFile],
    inputs: { frames: 'frames' },
    outputs: { latents: 'moments', caches: ['cache_0'] },
  };
  if (kind === 'first-frame-timestep') return { vae_encoder_init: init };
  const step = {
    files: [file('vae_encoder_step.onnx')] as [IndexFile],
    inputs: { frames: 'frames', caches: ['cache_0'] },
    outputs: { latents: 'moments', caches: ['next_cache_0'] },
  };
  return { vae_encoder_init: init, vae_encoder_step: step };
}
