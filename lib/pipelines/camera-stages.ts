import type { StageDeclaration } from './pipeline.ts';

const CAMERA = ['camera-move'];

/** The stages of a camera move through a photo, once it is fitted to the video. */
export const CAMERA_STAGES: readonly StageDeclaration[] = [
  { name: 'depth', label: 'Measuring depth', weight: 15, models: CAMERA },
  { name: 'cut', label: 'Cutting layers', weight: 3, models: CAMERA },
  { name: 'fill', label: 'Filling what is hidden', weight: 20, models: CAMERA },
  { name: 'sheets', label: 'Painting layers', weight: 5, models: CAMERA },
  { name: 'render', label: 'Rendering frames', weight: 55, models: CAMERA },
];

/** What comes before any way of filming pictures. */
export const FRAME_STAGE: StageDeclaration = {
  name: 'frame',
  label: 'Fitting the picture',
  weight: 2,
  models: [...CAMERA, 'rife'],
};
