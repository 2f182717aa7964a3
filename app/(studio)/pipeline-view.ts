import { z } from 'zod';
import type { PipelineDeclaration } from '#lib/pipelines/pipeline';
import type { ParamSchema, PipelineForm } from '../../components/compose/param-schema.ts';
import type { PipelineInfo } from '#components/job/job-view';

/** A declaration as its form needs it: plain JSON, so that it can go to the browser. */
export function toPipelineForm({ id, title, description, params }: PipelineDeclaration): PipelineForm {
  const { properties = {}, required = [] } = z.toJSONSchema(params);
  return { id, title, description, params: properties as Record<string, ParamSchema>, required };
}

/** A declaration as the page of a job needs it; a pipeline that is gone keeps its id as its title. */
export function toPipelineInfo(id: string, declaration: PipelineDeclaration | undefined): PipelineInfo {
  if (!declaration) return { title: id, stages: [], params: {} };
  const stages = declaration.stages.map(({ name, label }) => ({ name, label }));
  return { title: declaration.title, stages, params: toPipelineForm(declaration).params };
}
