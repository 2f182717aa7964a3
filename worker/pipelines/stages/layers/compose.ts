import { join } from 'node:path';
import { sha256OfFile } from '#lib/core/file-hash';
import { writePng } from '#worker/pipelines/raster/png';
import type { Picture, Size } from '#worker/pipelines/raster/size';
import type { PictureSource, StageContext, WrittenFile } from '#worker/pipelines/run';
import { cropRgba, extentOf, layerFile, layerName } from '../outputs/layer-file.ts';
import type { LayerRecord } from '../outputs/manifest.ts';
import { type PsdLayer, writeLayeredPsd } from '../outputs/psd.ts';
import { decodePhoto } from '../photo.ts';
import { readCut } from './cut.ts';
import { STILL_RIM } from './hidden.ts';
import { MANIFEST_FILE, writeLayerManifest } from './layer-manifest.ts';
import { paintedLayers } from './painted-layers.ts';

const COMPOSITE_FILE = 'composite.png';
const PSD_FILE = 'layers.psd';

/** Steps that a layer takes here: the two of its painting, and writing. */
const PARTS = 3;

function stepsFor(layers: number): number {
  return layers * PARTS + 2;
}

/**
 * The layers themselves. Writes one RGBA picture for each (straight alpha, the photo's size, far to near),
 * what they give laid over each other, a layered PSD, and the manifest.
 */
export async function composeLayers(context: StageContext, source: PictureSource): Promise<WrittenFile[]> {
  const startedAt = performance.now();
  const { outDir } = context;
  const photo = await decodePhoto(source(context));
  const composed = await writeLayers(context, photo);
  await writePng(join(outDir, COMPOSITE_FILE), composed.composite, photo, 3, context.stamp);
  const names = composed.records.map(({ file }) => file);
  const steps = stepsFor(names.length);
  context.progress(steps - 1, steps);
  await writeLayeredPsd(join(outDir, PSD_FILE), composed.psdLayers, composed.composite, photo);
  context.progress(steps, steps);
  const stageMs = { ...context.stageMs, compose: Math.round(performance.now() - startedAt) };
  await writeLayerManifest({ ...context, stageMs }, composed.records, [COMPOSITE_FILE, PSD_FILE]);
  return describe(names, photo);
}

interface Composed {
  composite: Uint8Array;
  records: LayerRecord[];
  psdLayers: PsdLayer[];
}

/** Paint and write the layers one by one, from the farthest. */
async function writeLayers(context: StageContext, photo: Picture): Promise<Composed> {
  const cut = await readCut(context);
  const count = cut.boundaries.length - 1;
  const composed: Composed = { composite: new Uint8Array(photo.rgb.length), records: [], psdLayers: [] };
  const onStep = (k: number, part: number) => context.progress((k - 1) * PARTS + part, stepsFor(count));
  for await (const { k, depth, rgba } of paintedLayers(
    context,
    { photo, cut, rim: STILL_RIM, onStep },
    composed.composite,
  )) {
    await keepLayer(context, composed, rgba, photo, { k, count, depth });
  }
  return composed;
}

async function keepLayer(
  { outDir, stamp }: StageContext,
  composed: Composed,
  rgba: Uint8Array,
  size: Size,
  { k, count, depth }: { k: number; count: number; depth: LayerRecord['depth'] },
): Promise<void> {
  const file = layerFile(k, count);
  const { box, coverage } = extentOf(rgba, size);
  await writePng(join(outDir, file), rgba, size, 4, stamp);
  const sha256 = await sha256OfFile(join(outDir, file));
  const name = layerName(k, count);
  composed.records.push({ file, index: k, name, depth, coverage, bounding_box: box, sha256 });
  composed.psdLayers.push({ name: file.replace('.png', ''), box, rgba: cropRgba(rgba, size, box) });
}

function describe(layerFiles: string[], { width, height }: Size): WrittenFile[] {
  const png = { contentType: 'image/png', width, height };
  return [
    ...layerFiles.map((name) => ({ name, role: 'layer', ...png })),
    { name: COMPOSITE_FILE, role: 'result', ...png },
    { name: PSD_FILE, role: 'psd', contentType: 'image/vnd.adobe.photoshop', width, height },
    { name: MANIFEST_FILE, role: 'manifest', contentType: 'application/json', width: null, height: null },
  ];
}
