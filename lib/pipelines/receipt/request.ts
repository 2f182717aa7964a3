import { z } from 'zod';
import { AppError } from '#lib/core/errors';
import type { PipelineDeclaration } from '../pipeline.ts';
import { findPipeline } from '../registry.ts';
import { reviewRequest } from '../submission/review.ts';
import type { Receipt } from './receipt.ts';

const providers = z.enum(['cpu', 'webgpu', 'cuda']);

/** What a job is asked for with, as a receipt has it. */
export interface RecordedRequest {
  pipeline: PipelineDeclaration;
  params: Record<string, unknown>;
  provider: z.infer<typeof providers>;
}

/** Ask for the same again. Throws AppError `validation_failed` where this version has no such pipeline or parameters. */
export function requestOf(receipt: Receipt): RecordedRequest {
  const { pipeline: id, params, device } = receipt;
  const pipeline = findPipeline(id);
  if (!pipeline) throw new AppError('validation_failed', `This version has no pipeline “${id}”.`);
  const checked = z.object({ params: pipeline.params, provider: providers });
  const result = checked.safeParse({ params, provider: device.provider });
  if (result.success) return settled(receipt, { pipeline, ...result.data });
  throw new AppError('validation_failed', 'This version cannot do what the receipt asks for.', {
    suggestion: z.prettifyError(result.error),
  });
}

/** What this version has defaults for besides need not be of any use to the model. */
function settled(
  { model, inputs }: Receipt,
  { pipeline, params, provider }: RecordedRequest,
): RecordedRequest {
  const images = Object.fromEntries(inputs.map((input) => [input.role, input]));
  return { pipeline, params: reviewRequest(pipeline, { model, params, images }).params, provider };
}
