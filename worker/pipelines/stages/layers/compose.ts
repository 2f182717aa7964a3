import { join } from 'node:path';
import { sha256OfFile } from '#lib/core/file-hash';
import { readGrey8, writePng } from '#worker/pipelines/raster/png';
import type { Picture, Size } from '#worker/pipelines/raster/size';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { readJson } from '../outputs/json.ts';
import { cropRgba, extentOf, layerFile, layerName } from '../outputs/layer-file.ts';
import type { LayerRecord } from '../outputs/manifest.ts';
import { type PsdLayer, writeLayeredPsd } from '../outputs/psd.ts';
import { decodePhoto, readPhoto } from '../photo.ts';
import { BANDS_FILE, CUT_FILE, type CutRecord } from './cut.ts';
import { fillFile } from './fill.ts';
import { distanceToNearer, ringWidth } from './hidden.ts';
import { MANIFEST_FILE, writeLayerManifest } from './layer-manifest.ts';
import type { Behind, Nearest } from './layer-source.ts';
import { ownership, sampleBands, type SmallBands } from './ownership.ts';
import { paintLayer } from './paint.ts';

const COMPOSITE_FILE = 'composite.png';
const PSD_FILE = 'layers.psd';

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
  const { boundaries } = await readJson<CutRecord>(context.fileOf('cut', CUT_FILE));
  const bands = (await readGrey8(context.fileOf('cut', BANDS_FILE))).data;
  const count = boundaries.length - 1;
  const small = sampleBands(bands, photo);
  const composed: Composed = { composite: new Uint8Array(photo.rgb.length), records: [], psdLayers: [] };
  let source: Nearest = { photo, ring: ringWidth(photo), toOwn: new Uint8Array(bands.length) };
  for (let k = 1; k <= count; k++) {
    const onStep = (part: number) => context.progress((k - 1) * PARTS + part, stepsFor(count));
    onStep(0);
    const behind = k < count ? await withWhatHides(context, source, { k, bands, small }) : undefined;
    onStep(1);
    const layer = new Uint8Array(bands.length * 4);
    paintLayer(behind ?? source, { layer, composite: composed.composite });
    if (behind) source = { ...source, toOwn: behind.toNearer };
    onStep(2);
    const depth = { far: boundaries[k - 1]!, near: boundaries[k]! };
    await keepLayer(context.outDir, composed, layer, photo, { k, count, depth });
  }
  return composed;
}

/** What layer k, but for the nearest, is painted from besides. */
async function withWhatHides(
  context: StageContext,
  source: Nearest,
  { k, bands, small }: { k: number; bands: Uint8Array; small: SmallBands },
): Promise<Behind> {
  const { photo } = source;
  const { rgb: fill } = await decodePhoto(context.fileOf('fill', fillFile(k)), photo);
  return { ...source, fill, toNearer: distanceToNearer(bands, k, photo), owns: ownership(small, k) };
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
