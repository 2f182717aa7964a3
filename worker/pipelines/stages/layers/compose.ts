import { join } from 'node:path';
import { readGrey8, writePng } from '#worker/pipelines/raster/png';
import type { Size } from '#worker/pipelines/raster/size';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { DEPTH_FILE, DEPTH_RECORD_FILE, type DepthRecord } from '../depth/depth.ts';
import { readJson, writeJson } from '../outputs/json.ts';
import { cropRgba, extentOf, layerFile, layerName } from '../outputs/layer-file.ts';
import { buildManifest, hashOf, type LayerRecord } from '../outputs/manifest.ts';
import { type PsdLayer, writeLayeredPsd } from '../outputs/psd.ts';
import { decodePhoto, type Photo, readPhoto } from '../photo.ts';
import { BANDS_FILE, CUT_FILE, type CutRecord } from './cut.ts';
import { FILL_FILE, fillFile, type FillRecord } from './fill.ts';
import { distanceToNearer, ringWidth } from './hidden.ts';
import { ownership, sampleBands } from './ownership.ts';
import { paintLayer } from './paint.ts';

const COMPOSITE_FILE = 'composite.png';
const PSD_FILE = 'layers.psd';
const MANIFEST_FILE = 'layer_manifest.json';

/** Steps that a layer takes here: what lies behind it, painting, writing. */
const PARTS = 3;

function stepsFor(layers: number): number {
  return layers * PARTS + 2;
}

/**
 * Stage 4: the layers themselves. Writes one RGBA picture for each (straight alpha, the photo's size, far to near),
 * what they give laid over each other, a layered PSD, and the manifest.
 */
export async function composeLayers(context: StageContext): Promise<WrittenFile[]> {
  const startedAt = performance.now();
  const { outDir } = context;
  const photo = await readPhoto(context);
  const composed = await writeLayers(context, photo);
  await writePng(join(outDir, COMPOSITE_FILE), composed.composite, photo, 3);
  const names = composed.records.map(({ file }) => file);
  const steps = stepsFor(names.length);
  context.progress(steps - 1, steps);
  await writeLayeredPsd(join(outDir, PSD_FILE), composed.psdLayers, composed.composite, photo);
  context.progress(steps, steps);
  const stageMs = { ...context.stageMs, compose: Math.round(performance.now() - startedAt) };
  await writeManifest(context, composed.records, stageMs);
  return describe(names, photo);
}

interface Composed {
  composite: Uint8Array;
  records: LayerRecord[];
  psdLayers: PsdLayer[];
}

/** Paint and write the layers one by one, from the farthest. */
async function writeLayers(context: StageContext, photo: Photo): Promise<Composed> {
  const { boundaries } = await readJson<CutRecord>(context.fileOf('cut', CUT_FILE));
  const bands = (await readGrey8(context.fileOf('cut', BANDS_FILE))).data;
  const count = boundaries.length - 1;
  const small = sampleBands(bands, photo);
  const ring = ringWidth(photo);
  const composite = new Uint8Array(photo.rgb.length);
  const composed: Composed = { composite, records: [], psdLayers: [] };
  let toOwn: Uint8Array | undefined;
  for (let k = 1; k <= count; k++) {
    const onStep = (part: number) => context.progress((k - 1) * PARTS + part, stepsFor(count));
    onStep(0);
    const fill = k < count ? (await decodePhoto(context.fileOf('fill', fillFile(k)), photo)).rgb : undefined;
    const toNearer = k < count ? distanceToNearer(bands, k, photo) : undefined;
    onStep(1);
    const rgba = new Uint8Array(bands.length * 4);
    const owns = ownership(small, k);
    paintLayer({ k, photo: photo.rgb, fill, bands, toOwn, toNearer, owns, ring }, composite, rgba, photo);
    toOwn = toNearer;
    onStep(2);
    const depth = { far: boundaries[k - 1]!, near: boundaries[k]! };
    await keepLayer(context.outDir, composed, rgba, photo, { k, count, depth });
  }
  return composed;
}

async function keepLayer(
  outDir: string,
  composed: Composed,
  rgba: Uint8Array,
  size: Size,
  { k, count, depth }: { k: number; count: number; depth: LayerRecord['depth'] },
): Promise<void> {
  const file = layerFile(k, count);
  const { box, coverage } = extentOf(rgba, size);
  await writePng(join(outDir, file), rgba, size, 4);
  const sha256 = await hashOf(join(outDir, file));
  const name = layerName(k, count);
  composed.records.push({ file, index: k, name, depth, coverage, bounding_box: box, sha256 });
  composed.psdLayers.push({ name: file.replace('.png', ''), box, rgba: cropRgba(rgba, size, box) });
}

async function writeManifest(context: StageContext, layers: LayerRecord[], stageMs: Record<string, number>) {
  const { depthModel, matteModel } = await readJson<DepthRecord>(context.fileOf('depth', DEPTH_RECORD_FILE));
  const { model: fillModel } = await readJson<FillRecord>(context.fileOf('fill', FILL_FILE));
  const manifest = await buildManifest({
    pipeline: 'photo-realistic',
    photo: context.inputs['image']!,
    params: context.params,
    modelIds: [depthModel, matteModel, fillModel],
    layers,
    files: {
      [DEPTH_FILE]: context.fileOf('depth', DEPTH_FILE),
      [COMPOSITE_FILE]: join(context.outDir, COMPOSITE_FILE),
      [PSD_FILE]: join(context.outDir, PSD_FILE),
    },
    stageMs,
  });
  await writeJson(join(context.outDir, MANIFEST_FILE), manifest);
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
