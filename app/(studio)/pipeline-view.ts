import { z } from 'zod';
import { type PipelineDeclaration, stagesOf } from '#lib/pipelines/pipeline';
import type { ParamSchema, PipelineForm } from '#components/compose/param-schema.ts';
import type { PipelineInfo } from '#components/job/job-view';
import { toModelChoice } from './model-view.ts';

/** A declaration as its form needs it: plain JSON, so that it can go to the browser. */
export function toPipelineForm(declaration: PipelineDeclaration): PipelineForm {
  const { id, title, description, verb, images } = declaration;
  const photo = { photoField: images[0]?.name ?? null, photoRequired: images[0]?.required ?? false };
  const choice = { models: toModelChoice(declaration), lack: declaration.lack?.() ?? null };
  const endPhoto = endPhotoOf(declaration);
  return { id, title, description, verb, ...photo, endPhoto, ...choice, ...paramsOf(declaration) };
}

function paramsOf({ params }: PipelineDeclaration): Pick<PipelineForm, 'params' | 'required'> {
  const { properties = {}, required = [] } = z.toJSONSchema(params);
  return { params: properties as Record<string, ParamSchema>, required };
}

function endPhotoOf({ images: [, second] }: PipelineDeclaration): PipelineForm['endPhoto'] {
  return second ? { name: second.name, label: second.label } : null;
}

/** The field of the photo that a job is about; the same in every pipeline that is not known. */
export function photoField(declaration: PipelineDeclaration | undefined): string {
  return declaration?.images[0]?.name ?? 'image';
}

/** A declaration as the page of its job needs it; a pipeline that is gone keeps its id as its title. */
export function toPipelineInfo(
  { pipeline, model }: { pipeline: string; model: string },
  declaration: PipelineDeclaration | undefined,
): PipelineInfo {
  if (!declaration) return { title: pipeline, stages: [], params: {} };
  const stages = stagesOf(declaration, model).map(({ name, label }) => ({ name, label }));
  return { title: declaration.title, stages, params: paramsOf(declaration).params };
}
