import { fastDepth, tcMonoDepthSmall } from './catalogue/depth.ts';
import { miGan } from './catalogue/inpainting.ts';
import { modNet, u2netp } from './catalogue/matte.ts';
import { ownModels } from './catalogue/own.ts';
import { lcmDreamshaper, stableDiffusion } from './catalogue/stable-diffusion.ts';
import { cartoonGan } from './catalogue/style.ts';
import { esrganMedium, realEsrgan } from './catalogue/super-resolution.ts';
import { cameraMove, rife } from './catalogue/video.ts';
import { wanModels } from './catalogue/wan.ts';
import type { Model } from './model.ts';

const MODELS: readonly Model[] = [
  fastDepth,
  tcMonoDepthSmall,
  u2netp,
  modNet,
  miGan,
  cartoonGan,
  stableDiffusion,
  lcmDreamshaper,
  esrganMedium,
  realEsrgan,
  cameraMove,
  rife,
  ...ownModels(),
  ...wanModels,
];

/** Every model some pipeline uses. */
export function listModels(): readonly Model[] {
  return MODELS;
}

/** The model of that id, or undefined. */
export function findModel(id: string): Model | undefined {
  return MODELS.find((model) => model.id === id);
}
