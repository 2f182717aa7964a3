import { listModels } from '#lib/models/catalogue';
import type { StageDeclaration } from './pipeline.ts';

/** The models that make video out of noise. */
const GENERATING = listModels()
  .filter(({ generation }) => generation !== undefined)
  .map(({ id }) => id);

/**
 * The stages of a video made out of noise; each lets go of its networks before the next one opens its own. Decoding
 * and encoding are one, since frames go straight into the encoder: apart, all of them would have to lie somewhere
 * between the two.
 */
export const DIFFUSION_STAGES: readonly StageDeclaration[] = [
  { name: 'text', label: 'Reading the prompt', weight: 3, models: GENERATING },
  { name: 'denoise', label: 'Denoising', weight: 82, models: GENERATING },
  { name: 'decode', label: 'Decoding and encoding the video', weight: 15, models: GENERATING },
];

/** The same where the video begins with a picture. */
export const PICTURE_DIFFUSION_STAGES: readonly StageDeclaration[] = [
  DIFFUSION_STAGES[0]!,
  { name: 'condition', label: 'Reading the picture', weight: 3, models: GENERATING },
  ...DIFFUSION_STAGES.slice(1),
];
