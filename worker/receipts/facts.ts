import { settings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { asPlaced } from '#lib/models/weights';
import type { Facts } from '#lib/pipelines/receipt/receipt';
import { findPipeline } from '#lib/pipelines/registry';
import type { InputImage } from '#worker/pipelines/run';
import { versionsForVideo, versionsInUse } from './versions.ts';

/** A run as its result hangs on it. */
export interface Circumstances {
  pipeline: string;
  model: string;
  /** Ids of the models that it runs, or ran. */
  models: string[];
  params: Record<string, unknown>;
  /** By their roles. */
  inputs: Record<string, InputImage>;
  provider: string;
}

/** The facts of a run on this machine. */
export async function factsOf(run: Circumstances): Promise<Facts> {
  const { pipeline, model, params, provider } = run;
  const makesVideo = findPipeline(pipeline)?.modelTask === 'video';
  return {
    pipeline,
    model,
    models: run.models.flatMap(describeModel),
    params,
    inputs: Object.entries(run.inputs)
      .map(([role, { sha256, width, height }]) => ({ role, sha256, width, height }))
      .toSorted((a, b) => a.role.localeCompare(b.role)),
    versions: makesVideo ? await versionsForVideo() : await versionsInUse(),
    device: { provider, platform: process.platform, arch: process.arch },
  };
}

/** A model as manifests and receipts name it; nothing for one that is not in the catalogue. */
export function describeModel(id: string): Facts['models'] {
  const model = findModel(id);
  if (!model) return [];
  const placed = asPlaced(settings().weightsDir, model) ?? model;
  const weights = placed.weights.map(({ name, sha256 }) => ({ name, sha256 }));
  return [{ id, task: model.task, weights }];
}
