import { type Model, type Network, onnx, type WeightFile } from '../model.ts';

const CLIP_TOKENIZER =
  'https://raw.githubusercontent.com/bigdataai-lab/stable-diffusion-v1-5/eb82621657dd232b010cbecf9675d176ff82b712/tokenizer';

/** The words that CLIP reads, and how they are pieced together; the same in every model of this family. */
const TOKENIZER: readonly WeightFile[] = [
  {
    name: 'tokenizer/vocab.json',
    sizeBytes: 1_059_962,
    sha256: 'e089ad92ba36837a0d31433e555c8f45fe601ab5c221d4f607ded32d9f7a4349',
    source: `${CLIP_TOKENIZER}/vocab.json`,
    downloadBytes: 1_059_962,
  },
  {
    name: 'tokenizer/merges.txt',
    sizeBytes: 524_619,
    sha256: '9fd691f7c8039210e0fced15865466c65820d09b63988b0174bfe25de299051a',
    source: `${CLIP_TOKENIZER}/merges.txt`,
    downloadBytes: 524_619,
  },
];

/** Graphs as exporters name them; the encoder of those that are public draws noise of its own, which is taken out. */
const NETWORKS: readonly Network[] = [
  onnx('text_encoder/model.onnx', 'text_encoder'),
  { name: 'vae_encoder', format: 'onnx-random', files: ['vae_encoder/model.onnx'] },
  onnx('vae_decoder/model.onnx', 'vae_decoder'),
];

const HALF =
  'https://huggingface.co/nmkd/stable-diffusion-1.5-onnx-fp16/resolve/38dacf2c14c89e3538b5e32da888eb9c46e0e1bf';

/** Stable Diffusion 1.5 in 16-bit floats: half the bytes of the 32-bit export, and no worse to look at. */
export const stableDiffusion: Model = {
  id: 'stable-diffusion-1.5',
  title: 'Stable Diffusion 1.5',
  task: 'style',
  pipelines: ['painterly'],
  engine: 'onnx',
  rank: 5,
  setUp: 'by-name',
  weights: [
    half(
      'text_encoder/model.onnx',
      246_476_214,
      'da837d5d2df136df347d0e8d7114d295d634d32b37b77be60418a7117d1f669b',
    ),
    half('unet/model.onnx', 1_217_704, '879e4274bfc862c7733ed2b673600be8f9b78b45184b5702100f89508e69ca34'),
    half(
      'unet/weights.pb',
      1_718_976_000,
      '491609db06ac0bd6893969cda4caa3475a9a14a7deb5ee4f11a4371c6187155a',
    ),
    half(
      'vae_encoder/model.onnx',
      68_430_493,
      'f089c1a57c6f68370fc4def7d3eeabb860a4e625e0d352c04acd8707c46683e2',
    ),
    half(
      'vae_decoder/model.onnx',
      99_094_195,
      'ff78d16a387ece4e102e2548a8dbd93f048269bc23ac65fac3acff0ba88b6161',
    ),
    ...TOKENIZER,
  ],
  networks: [...NETWORKS, { name: 'unet', format: 'onnx', files: ['unet/model.onnx', 'unet/weights.pb'] }],
  repaints: {
    steps: { default: 20, min: 1, max: 60 },
    guidance: { default: 7.5, min: 1, max: 20 },
    schedulers: ['ddim', 'euler', 'euler-ancestral'],
  },
  // The UNet at 768x512, by others' measurements of this export at 512x512.
  memoryBytes: 7 * 2 ** 30,
  author: 'Robin Rombach, Patrick Esser; Runway and Stability AI; exported by nmkd',
  origin: 'https://huggingface.co/nmkd/stable-diffusion-1.5-onnx-fp16',
  licence: { package: null, weights: 'CreativeML-OpenRAIL-M' },
};

function half(name: string, sizeBytes: number, sha256: string): WeightFile {
  return { name, sizeBytes, sha256, source: `${HALF}/${name}`, downloadBytes: sizeBytes };
}

/**
 * Stable Diffusion 1.5 distilled to a few steps, guidance included. Of the five files of its export one alone has a hash
 * that can be read without fetching it, so nothing here could tell a right download from a wrong one.
 */
export const lcmDreamshaper: Model = {
  id: 'lcm-dreamshaper-v7',
  title: 'LCM Dreamshaper v7',
  task: 'style',
  pipelines: ['painterly'],
  engine: 'onnx',
  rank: 6,
  setUp: 'by-hand',
  byHand:
    'Its publisher names no hashes that a download could be held against. It lies at SimianLuo/LCM_Dreamshaper_v7 on ' +
    'Hugging Face (about 4 GB): enter its files, with hashes, in lib/models/catalogue/stable-diffusion.ts.',
  weights: [],
  networks: [],
  repaints: {
    steps: { default: 4, min: 1, max: 50 },
    guidance: { default: 8, min: 1, max: 20 },
    schedulers: ['lcm'],
  },
  memoryBytes: 7 * 2 ** 30,
  author: 'Simian Luo, Yiqin Tan, Longbo Huang, Jian Li, Hang Zhao; after Dreamshaper 7 by Lykon',
  origin: 'https://huggingface.co/SimianLuo/LCM_Dreamshaper_v7',
  // As published it is under MIT; what it was distilled from is not.
  licence: { package: null, weights: 'CreativeML-OpenRAIL-M' },
};
