import { join } from 'node:path';
import { focusOf } from '#worker/pipelines/camera/focus';
import { reliefOf } from '#worker/pipelines/camera/relief';
import { reliefSize, type Scene, type Sheet } from '#worker/pipelines/camera/scene';
import { seamless } from '#worker/pipelines/camera/seams';
import { sheetOf } from '#worker/pipelines/camera/sheet';
import { readGrey16, readRgba, writeGrey16, writePng } from '#worker/pipelines/raster/png';
import type { Size } from '#worker/pipelines/raster/size';
import type { PictureSource, StageContext, WrittenFile } from '#worker/pipelines/run';
import { DEPTH_FILE } from '../depth/depth.ts';
import { readCut } from '../layers/cut.ts';
import { MOVED_RIM } from '../layers/hidden.ts';
import { paintedLayers } from '../layers/painted-layers.ts';
import { readJson, writeJson } from '../outputs/json.ts';
import { decodePhoto } from '../photo.ts';

const SCENE_FILE = 'scene.json';

/** What the painting leaves for the rendering. */
interface SceneRecord {
  layers: number;
  focus: number;
}

function sheetFile(k: number): string {
  return `sheet_${k}.png`;
}

function reliefFile(k: number): string {
  return `relief_${k}.png`;
}

/**
 * Paint the layers that the camera goes between. Writes `sheet_<k>.png`, RGBA of the picture's size, far to near, and
 * `relief_<k>.png`, the disparity of each, 16-bit grey.
 */
export async function paintSheets(context: StageContext, source: PictureSource): Promise<WrittenFile[]> {
  const { outDir, fileOf } = context;
  const photo = await decodePhoto(source(context));
  const cut = await readCut(context);
  const { data: nearness } = await readGrey16(fileOf('depth', DEPTH_FILE));
  const { width, height } = photo;
  const depths = { width, height, nearness, bands: cut.bands };
  const layers = cut.boundaries.length - 1;
  const onStep = (k: number, part: number) => context.progress((k - 1) * 2 + part, layers * 2);
  const composite = new Uint8Array(photo.rgb.length);
  const written: WrittenFile[] = [];
  const painting = { photo, cut, rim: MOVED_RIM, refine: seamless(depths, photo), onStep };
  for await (const { k, depth, rgba } of paintedLayers(context, painting, composite)) {
    await writePng(join(outDir, sheetFile(k)), rgba, photo, 4);
    written.push(internal(sheetFile(k), photo));
    const size = reliefSize(photo);
    const relief = Uint16Array.from(reliefOf(depths, k, depth), (disparity) => Math.round(disparity * 65535));
    await writeGrey16(join(outDir, reliefFile(k)), relief, size);
    written.push(internal(reliefFile(k), size));
  }
  await writeJson(join(outDir, SCENE_FILE), { layers, focus: focusOf(depths) } satisfies SceneRecord);
  return [
    ...written,
    { name: SCENE_FILE, role: null, contentType: 'application/json', width: null, height: null },
  ];
}

function internal(name: string, { width, height }: Size): WrittenFile {
  return { name, role: null, contentType: 'image/png', width, height };
}

/** The scene that the stage `sheets` painted, in shared memory. */
export async function readScene({ fileOf }: StageContext): Promise<Scene> {
  const { layers, focus } = await readJson<SceneRecord>(fileOf('sheets', SCENE_FILE));
  const sheets: Sheet[] = [];
  let size: Size = { width: 0, height: 0 };
  for (let k = 1; k <= layers; k++) {
    const { data, ...whole } = await readRgba(fileOf('sheets', sheetFile(k)));
    const relief = await readGrey16(fileOf('sheets', reliefFile(k)));
    const sheet = sheetOf(data, whole, toDisparity(relief.data));
    if (sheet) sheets.push(sheet);
    size = whole;
  }
  return { width: size.width, height: size.height, sheets, focus };
}

function toDisparity(samples: Uint16Array): Float32Array {
  const relief = new Float32Array(new SharedArrayBuffer(4 * samples.length));
  for (let i = 0; i < relief.length; i++) relief[i] = samples[i]! / 65535;
  return relief;
}
