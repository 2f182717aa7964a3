import { requireModels } from '#lib/pipelines/models';
import type { PipelineDeclaration } from '#lib/pipelines/pipeline';
import { listPipelines } from '#lib/pipelines/registry';

/** A run to measure. */
export interface Case {
  name: string;
  pipeline: PipelineDeclaration;
  model: string;
  /** All that it runs with, the defaults included. */
  params: Record<string, unknown>;
  /** How many of its pictures it is given. */
  pictures: 1 | 2;
}

interface Wanted {
  pipeline: string;
  model?: string;
  params?: Record<string, unknown>;
  pictures?: 1 | 2;
}

const STILLS: Wanted[] = [
  { pipeline: 'photo-realistic' },
  { pipeline: 'painterly' },
  { pipeline: 'cutout', model: 'u2netp' },
  { pipeline: 'cutout', model: 'modnet' },
  { pipeline: 'upscale', model: 'esrgan-medium' },
];
/** Short, since their time grows with the number of frames alone. */
const VIDEOS: Wanted[] = [
  { pipeline: 'i2v', model: 'camera-move', params: { duration_seconds: 2, fps: 24 } },
  { pipeline: 'i2v', model: 'rife', params: { duration_seconds: 2, fps: 12 }, pictures: 2 },
];

/** What there is to measure here, and why the rest is not. */
export function findCases(weightsDir: string): { stills: Case[]; videos: Case[]; left: string[] } {
  const left: string[] = [];
  const found = (wanted: Wanted[]) =>
    wanted.flatMap((each) => {
      const there = findCase(each, weightsDir);
      if (typeof there !== 'string') return there;
      left.push(there);
      return [];
    });
  return { stills: found(STILLS), videos: found(VIDEOS), left };
}

/** The case, or why it cannot be measured. */
function findCase({ pipeline: id, model = 'auto', params = {}, pictures = 1 }: Wanted, weightsDir: string) {
  const name = model === 'auto' ? id : `${id}, ${model}`;
  const pipeline = listPipelines().find((known) => known.id === id);
  if (!pipeline) return `${name}: there is no such pipeline`;
  try {
    requireModels(pipeline, model, weightsDir);
  } catch (error) {
    return `${name}: ${(error as Error).message}`;
  }
  return { name, pipeline, model, params: pipeline.params.parse(params), pictures } satisfies Case;
}
