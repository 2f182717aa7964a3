import type { PictureSource, StageContext, StageRun } from '#worker/pipelines/run';
import { measureDepth } from '../depth/depth.ts';
import { composeLayers } from './compose.ts';
import { cutLayers } from './cut.ts';
import { fillHidden } from './fill.ts';
import { type Rim, STILL_RIM } from './hidden.ts';

type LayerStage = 'depth' | 'cut' | 'fill' | 'compose';

interface LayerOptions {
  /** How many layers a job gets; what its parameter says, where this is missing. */
  layersOf?: (context: StageContext) => number;
  rim?: Rim;
}

/** The four stages that make layers of a picture, in their order; each works on the same one. */
export function layerStages(source: PictureSource, options: LayerOptions = {}): Record<LayerStage, StageRun> {
  const { layersOf = asAsked, rim = STILL_RIM } = options;
  return {
    depth: (context) => measureDepth(context, source),
    cut: (context) => cutLayers(context, source, layersOf(context)),
    fill: (context) => fillHidden(context, source, rim),
    compose: (context) => composeLayers(context, source),
  };
}

function asAsked({ params }: StageContext): number {
  return Number(params['num_layers']);
}
