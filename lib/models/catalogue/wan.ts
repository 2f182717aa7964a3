import type { Range, VideoGeneration } from '../generation.ts';
import type { Model } from '../model.ts';

const AT_480P = { width: 832, height: 480 };
const AT_720P = { width: 1280, height: 720 };
const PIXELS_480P = 832 * 480;
const PIXELS_720P = 1280 * 720;

const USUAL: VideoGeneration = {
  size: sizes(AT_480P, PIXELS_480P),
  frames: { default: 81, min: 5, max: 121, step: 4 },
  fps: { default: 16, min: 4, max: 30 },
  steps: steps(50),
  guidance: guidance(5),
  schedulers: ['unipc', 'flow-euler'],
};

/** What differs from one published checkpoint to the next. See wan/configs in the Wan-Video repositories. */
interface Checkpoint extends Pick<Model, 'id' | 'title' | 'pipelines' | 'rank' | 'endImage'> {
  /** Repository of the published checkpoint: a user's or an organisation's, and its name. */
  published: string;
  /**
   * The stage that needs most, at the default size, weights in float32: as tools/wan/wan/memory.py reckons. Of two
   * experts one is open at a time.
   */
  memoryBytes: number;
  limits?: Partial<VideoGeneration>;
}

const CHECKPOINTS: readonly Checkpoint[] = [
  {
    id: 'wan2.1-t2v-1.3b',
    title: 'Wan 2.1 T2V 1.3B',
    published: 'Wan-AI/Wan2.1-T2V-1.3B',
    pipelines: ['t2v'],
    rank: 30,
    memoryBytes: 26e9,
  },
  {
    id: 'wan2.1-t2v-14b',
    title: 'Wan 2.1 T2V 14B',
    published: 'Wan-AI/Wan2.1-T2V-14B',
    pipelines: ['t2v'],
    rank: 50,
    memoryBytes: 68.9e9,
    limits: { size: sizes(AT_480P, PIXELS_720P) },
  },
  {
    id: 'wan2.1-i2v-14b',
    title: 'Wan 2.1 I2V 14B',
    published: 'Wan-AI/Wan2.1-I2V-14B-480P',
    pipelines: ['i2v', 'ti2v'],
    rank: 50,
    endImage: 'unused',
    memoryBytes: 77.3e9,
    limits: { size: sizes(AT_480P, PIXELS_720P), steps: steps(40) },
  },
  {
    id: 'wan2.1-flf2v-14b',
    title: 'Wan 2.1 FLF2V 14B',
    published: 'Wan-AI/Wan2.1-FLF2V-14B-720P',
    pipelines: ['i2v', 'ti2v'],
    rank: 45,
    endImage: 'required',
    memoryBytes: 92.6e9,
    limits: { size: sizes(AT_720P, PIXELS_720P), guidance: guidance(5.5) },
  },
  {
    id: 'wan2.2-t2v-a14b',
    title: 'Wan 2.2 T2V A14B',
    published: 'Wan-AI/Wan2.2-T2V-A14B',
    pipelines: ['t2v'],
    rank: 60,
    memoryBytes: 68.9e9,
    limits: { size: sizes(AT_480P, PIXELS_720P), steps: steps(40), guidance: guidance(4) },
  },
  {
    id: 'wan2.2-i2v-a14b',
    title: 'Wan 2.2 I2V A14B',
    published: 'Wan-AI/Wan2.2-I2V-A14B',
    pipelines: ['i2v', 'ti2v'],
    rank: 60,
    endImage: 'optional',
    memoryBytes: 68.9e9,
    limits: { size: sizes(AT_480P, PIXELS_720P), steps: steps(40), guidance: guidance(3.5) },
  },
  {
    id: 'wan2.2-ti2v-5b',
    title: 'Wan 2.2 TI2V 5B',
    published: 'Wan-AI/Wan2.2-TI2V-5B',
    pipelines: ['t2v', 'i2v', 'ti2v'],
    rank: 40,
    endImage: 'unused',
    memoryBytes: 31.2e9,
    limits: {
      size: { ...sizes({ width: 1280, height: 704 }, 1280 * 704), multiple: 32 },
      frames: { default: 121, min: 5, max: 121, step: 4 },
      fps: { default: 24, min: 8, max: 30 },
    },
  },
];

/**
 * Wan's published checkpoints. Nobody offers them as graphs of our contract: tools/wan/export.py makes those of a
 * checkpoint that was downloaded. See docs/graph-contract.md.
 */
export const wanModels: readonly Model[] = [...CHECKPOINTS.map(toModel), foreign()];

/**
 * Graphs of Wan 2.1 T2V 14B that are public, of other names than ours; see lib/models/adapters/wannx.ts. Their sizes are
 * known from their author's page, their hashes are not.
 */
function foreign(): Model {
  const published = 'AkaneTendo25/wan21-onnx';
  return {
    ...toModel({
      id: 'wan2.1-t2v-14b-q4',
      title: 'Wan 2.1 T2V 14B in four bits',
      published,
      pipelines: ['t2v'],
      rank: 48,
      memoryBytes: 26e9,
      limits: { size: sizes(AT_480P, PIXELS_720P) },
    }),
    byHand:
      `Download from ${published} on Hugging Face dit.onnx (7.8 GB), t5_encoder_fp16.onnx (13 GB), vae_decoder.onnx, ` +
      'vae_decoder_init.onnx, the .data file of each that has one, and the two tokenizer*.json; lay them flat in ' +
      'exported/wan2.1-t2v-14b-q4 of the weights folder, and run: ' +
      'npm run -s multiplane -- models index wan2.1-t2v-14b-q4 (their hashes are not known here; it needs CUDA).',
    author: 'Wan Team (Alibaba); exported by AkaneTendo25',
  };
}

function toModel({ published, limits, ...rest }: Checkpoint): Model {
  return {
    ...rest,
    task: 'video',
    engine: 'onnx',
    setUp: 'by-hand',
    byHand:
      `Download ${published} from Hugging Face, and export it: ` +
      `python tools/wan/export.py FOLDER --model ${rest.id} (docs/graph-contract.md says more).`,
    weights: [],
    networks: [],
    generation: { ...USUAL, ...limits },
    author: 'Wan Team (Alibaba)',
    origin: `https://huggingface.co/${published}`,
    licence: { package: null, weights: 'Apache-2.0' },
  };
}

function sizes(usual: { width: number; height: number }, maxPixels: number): VideoGeneration['size'] {
  return { default: usual, multiple: 16, min: 128, maxPixels };
}

function steps(usual: number): Range {
  return { default: usual, min: 1, max: 60 };
}

function guidance(usual: number): Range {
  return { default: usual, min: 1, max: 20 };
}
