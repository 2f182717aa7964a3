import { z } from 'zod';
import type { PipelineDeclaration } from '#lib/pipelines/pipeline';
import type { ParamSchema, PipelineForm } from '#components/compose/param-schema.ts';
import type { PipelineInfo } from '#components/job/job-view';

/** A declaration as its form needs it: plain JSON, so that it can go to the browser. */
export function toPipelineForm(declaration: PipelineDeclaration): PipelineForm {
  const { id, title, description, verb } = declaration;
  const { properties = {}, required = [] } = z.toJSONSchema(declaration.params);
  const params = properties as Record<string, ParamSchema>;
  const photoRequired = declaration.images[0]?.required ?? false;
  const photo = { photoField: photoField(declaration), photoRequired };
  return { id, title, description, verb, ...photo, params, required };
}

/** The field of the photo that a job is about; the same in every pipeline that is not known. */
export function photoField(declaration: PipelineDeclaration | undefined): string {
  return declaration?.images[0]?.name ?? 'image';
}

/** A declaration as the page of a job needs it; a pipeline that is gone keeps its id as its title. */
export function toPipelineInfo(id: string, declaration: PipelineDeclaration | undefined): PipelineInfo {
  if (!declaration) return { title: id, stages: [], params: {} };
  const stages = declaration.stages.map(({ name, label }) => ({ name, label }));
  return { title: declaration.title, stages, params: toPipelineForm(declaration).params };
}
