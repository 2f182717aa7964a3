import { photoRealistic } from './photo-realistic.ts';
import type { PipelineDeclaration } from './pipeline.ts';

const PIPELINES: readonly PipelineDeclaration[] = [photoRealistic];

export function listPipelines(): readonly PipelineDeclaration[] {
  return PIPELINES;
}

export function findPipeline(id: string): PipelineDeclaration | undefined {
  return PIPELINES.find((pipeline) => pipeline.id === id);
}
