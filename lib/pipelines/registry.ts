import { settings } from '#lib/config/settings';
import { drill } from './drill.ts';
import { photoRealistic } from './photo-realistic.ts';
import type { PipelineDeclaration } from './pipeline.ts';

const PIPELINES: readonly PipelineDeclaration[] = [photoRealistic];

/** The pipelines that are offered. */
export function listPipelines(): readonly PipelineDeclaration[] {
  return settings().drillOffered ? [...PIPELINES, drill] : PIPELINES;
}

export function findPipeline(id: string): PipelineDeclaration | undefined {
  return listPipelines().find((pipeline) => pipeline.id === id);
}
