import { settings } from '#lib/config/settings';
import { cutout } from './cutout.ts';
import { drill } from './drill.ts';
import { i2v } from './i2v.ts';
import { painterly } from './painterly.ts';
import { photoRealistic } from './photo-realistic.ts';
import type { PipelineDeclaration } from './pipeline.ts';
import { t2v } from './t2v.ts';
import { ti2v } from './ti2v.ts';
import { upscale } from './upscale.ts';

const PIPELINES: readonly PipelineDeclaration[] = [
  photoRealistic,
  painterly,
  t2v,
  i2v,
  ti2v,
  cutout,
  upscale,
];

/** The pipelines that are offered. */
export function listPipelines(): readonly PipelineDeclaration[] {
  return settings().drillOffered ? [...PIPELINES, drill] : PIPELINES;
}

export function findPipeline(id: string): PipelineDeclaration | undefined {
  return listPipelines().find((pipeline) => pipeline.id === id);
}
