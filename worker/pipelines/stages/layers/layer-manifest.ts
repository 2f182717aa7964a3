import { join } from 'node:path';
import type { StageContext } from '#worker/pipelines/run';
import { DEPTH_FILE, DEPTH_RECORD_FILE, type DepthRecord } from '../depth/depth.ts';
import { readJson, writeJson } from '../outputs/json.ts';
import { buildManifest, type LayerRecord } from '../outputs/manifest.ts';
import { FILL_FILE, type FillRecord } from './fill.ts';

export const MANIFEST_FILE = 'layer_manifest.json';

/**
 * Gather what the stages noted down, and write the manifest. `besides` names the files that the stage of the layers
 * wrote apart from them.
 */
export async function writeLayerManifest(
  context: StageContext,
  layers: LayerRecord[],
  besides: string[],
): Promise<void> {
  const { outDir, pipeline, params, inputs, stageMs } = context;
  const { depthModel, matteModel } = await readJson<DepthRecord>(context.fileOf('depth', DEPTH_RECORD_FILE));
  const { model: fillModel } = await readJson<FillRecord>(context.fileOf('fill', FILL_FILE));
  const written = besides.map((name) => [name, join(outDir, name)]);
  const manifest = await buildManifest({
    pipeline,
    photo: inputs['image']!,
    params,
    modelIds: [depthModel, matteModel, fillModel],
    layers,
    files: { [DEPTH_FILE]: context.fileOf('depth', DEPTH_FILE), ...Object.fromEntries(written) },
    stageMs,
  });
  await writeJson(join(outDir, MANIFEST_FILE), manifest);
}
