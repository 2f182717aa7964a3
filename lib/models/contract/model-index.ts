import { z } from 'zod';

/**
 * The version of the contract between exported graphs and this engine that is spoken here. See
 * docs/graph-contract.md.
 */
export const CONTRACT = 1;

const SHA256 = /^[0-9a-f]{64}$/;
/** A name within the model's own folder: no index leads anywhere else. */
const FLAT_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

const count = z.int().positive();
const whole = z.int().nonnegative();
const name = z.string().min(1);
const fraction = z.number().gt(0).lt(1);

const file = z.strictObject({
  name: z.string().regex(FLAT_NAME, 'a file name without a folder'),
  bytes: count,
  sha256: z.string().regex(SHA256, 'SHA-256 in lower-case hex'),
});

/**
 * What a network is called by the engine, and the tensors by which the graph has it. The first file is the graph, the
 * others hold its external data.
 */
function graph<Inputs extends z.ZodRawShape, Outputs extends z.ZodRawShape>(
  inputs: Inputs,
  outputs: Outputs,
) {
  return z.strictObject({
    files: z.tuple([file], file),
    inputs: z.strictObject(inputs),
    outputs: z.strictObject(outputs),
  });
}

const caches = z.array(name).min(1);
const transformer = graph(
  { latents: name, timestep: name, text: name, image: name.optional() },
  { velocity: name },
);

const graphs = z.strictObject({
  text_encoder: graph({ ids: name, mask: name }, { states: name }),
  transformer,
  /** The expert for timesteps below `schedule.boundary`. */
  transformer_2: transformer.optional(),
  image_encoder: graph({ pixels: name }, { states: name }).optional(),
  vae_encoder_init: graph({ frames: name }, { latents: name, caches: caches.optional() }).optional(),
  vae_encoder_step: graph({ frames: name, caches }, { latents: name, caches }).optional(),
  vae_decoder_init: graph({ latents: name }, { frames: name, caches }),
  vae_decoder_step: graph({ latents: name, caches }, { frames: name, caches }),
});

const range = (number: z.ZodNumber) => z.strictObject({ default: number, min: number, max: number });
const rgb = z.tuple([z.number(), z.number(), z.number()]);
const scheduler = z.enum(['unipc', 'flow-euler']);

/** The shape of `model_index.json`; what its parts have to do with each other, `problemsOf` looks at. */
export const modelIndexSchema = z.strictObject({
  contract: z.literal(CONTRACT),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'lower-case letters, digits, dots and dashes'),
  title: name,
  /** SPDX identifier of the weights' licence. */
  licence: name,
  family: z.literal('wan'),
  pipelines: z.array(z.enum(['t2v', 'i2v', 'ti2v'])).min(1),
  tokenizer: z.strictObject({ files: z.array(file).min(1), length: count, pad_id: whole, eos_id: whole }),
  graphs,
  latents: z.strictObject({
    channels: count,
    /** Frames and pixels, along each side, that one latent stands for; the first frame has a latent of its own. */
    scale: z.strictObject({ time: count, space: count }),
    /** Of what the VAE encoder gives, by channel. */
    mean: z.array(z.number()),
    std: z.array(z.number().positive()),
    /** From normalised latents to rough RGB of 0..1, for previews: a row of factors for each channel. */
    rgb: z.strictObject({ factors: z.array(rgb), bias: rgb }),
  }),
  text: z.strictObject({ width: count }),
  /** Latents that one token of the transformer stands for: time, rows, columns. */
  patch: z.tuple([count, count, count]),
  timestep: z.enum(['scalar', 'per-token']),
  conditioning: z.strictObject({
    kind: z.enum(['none', 'mask-concat', 'first-frame-timestep']),
    last_frame: z.boolean(),
    /** Whether it runs without a picture, too. */
    optional: z.boolean(),
  }),
  frames: range(count),
  size: z.strictObject({
    default: z.strictObject({ width: count, height: count }),
    multiple: count,
    min: count,
    max_pixels: count,
  }),
  fps: range(z.number().positive()),
  steps: range(count),
  guidance: range(z.number().nonnegative()).extend({ low_noise: z.number().nonnegative().optional() }),
  schedule: z.strictObject({
    scheduler,
    schedulers: z.array(scheduler).min(1),
    shift: z.number().positive(),
    /** The noise level, 0..1, below which `transformer_2` answers. */
    boundary: fraction.optional(),
  }),
  /** Bytes that each stage keeps in memory at the default size. */
  memory: z.strictObject({ text_encoder: whole, transformer: whole, vae: whole }),
});

/** What `model_index.json` says of a model that makes video out of noise, in the file's own words. */
export type ModelIndex = z.infer<typeof modelIndexSchema>;
export type GraphName = keyof ModelIndex['graphs'];
export type IndexFile = z.infer<typeof file>;
