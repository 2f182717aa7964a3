import { z } from 'zod';
import { AUTO, fittingModels } from '#lib/models/selection';
import { type PipelineDeclaration, stagesOf } from '#lib/pipelines/pipeline';
import type { ParamSchema, PipelineForm } from '#components/compose/param-schema.ts';
import type { PipelineInfo } from '#components/job/job-view';

/** A declaration as its form needs it: plain JSON, so that it can go to the browser. */
export function toPipelineForm(declaration: PipelineDeclaration): PipelineForm {
  const { id, title, description, verb } = declaration;
  const { properties = {}, required = [] } = z.toJSONSchema(declaration.params);
  const params = { ...(properties as Record<string, ParamSchema>), ...modelChoice(declaration) };
  const photoRequired = declaration.images[0]?.required ?? false;
  const photo = { photoField: photoField(declaration), photoRequired };
  return { id, title, description, verb, ...photo, endPhoto: endPhoto(declaration), params, required };
}

/** Which network does it, where there are several that a person may choose from. */
function modelChoice({ id, modelTask: task }: PipelineDeclaration): Record<string, ParamSchema> {
  const models = task === null ? [] : fittingModels({ task, pipeline: id });
  if (models.length < 2) return {};
  const model: ParamSchema = {
    title: 'Model',
    description: 'What does the main part of the work.',
    default: AUTO,
    enum: [AUTO, ...models.map((fitting) => fitting.id)],
    labels: { [AUTO]: 'Automatic', ...Object.fromEntries(models.map(({ id, title }) => [id, title])) },
  };
  return { model };
}

function endPhoto({ images: [, second] }: PipelineDeclaration): PipelineForm['endPhoto'] {
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
  return { title: declaration.title, stages, params: toPipelineForm(declaration).params };
}
