import { join } from 'node:path';
import type { StageContext } from '#worker/pipelines/run';
import { DEPTH_FILE } from '../depth/depth.ts';
import { writeJson } from '../outputs/json.ts';
import { buildManifest, type LayerRecord } from '../outputs/manifest.ts';

export const MANIFEST_FILE = 'layer_manifest.json';

/** Write the manifest. `besides` names the files that the stage of the layers wrote apart from them. */
export async function writeLayerManifest(
  context: StageContext,
  layers: LayerRecord[],
  besides: string[],
): Promise<void> {
  const { outDir, pipeline, params, inputs, models, stageMs } = context;
  const written = besides.map((name) => [name, join(outDir, name)]);
  const manifest = await buildManifest({
    pipeline,
    photo: inputs['image']!,
    params,
    modelIds: models,
    layers,
    files: { [DEPTH_FILE]: context.fileOf('depth', DEPTH_FILE), ...Object.fromEntries(written) },
    stageMs,
  });
  await writeJson(join(outDir, MANIFEST_FILE), manifest);
}
