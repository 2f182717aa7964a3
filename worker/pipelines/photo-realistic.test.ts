import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { initializeCanvas, readPsd } from 'ag-psd';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import { type PipelineResult, runPipeline } from '#tests/run-pipeline';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import { decodePhoto } from './stages/photo.ts';

const PHOTO = fileURLToPath(new URL('../../../shared/fixtures/photos/skimage_coffee.png', import.meta.url));
const { weightsDir } = readSettings(process.env);
const hasWeights = ['fastdepth', 'u2netp', 'migan'].every((id) => isPresent(weightsDir, findModel(id)!));
const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 2 });
const folders: string[] = [];

initializeCanvas(
  () => {
    throw new Error('no canvas is needed to read pixels');
  },
  (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }) as ImageData,
);

afterAll(async () => {
  await sessions.release();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function runAll(
  image: string,
  layers: number,
  { onStep, stamp }: { onStep?: (stage: string, step: number, steps: number) => void; stamp?: string } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'multiplane-stages-'));
  folders.push(folder);
  const params = { num_layers: layers };
  const result = await runPipeline('photo-realistic', {
    images: { image },
    params,
    sessions,
    folder,
    onStep,
    stamp,
  });
  return { ...result, image: result.inputs['image']! };
}

function outputsOf(written: PipelineResult['written']) {
  return [...written.values()].filter(({ role }) => role !== null);
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function drawPicture(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'multiplane-drawing-'));
  folders.push(folder);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="322" height="241">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#6db3ff"/><stop offset="1" stop-color="#eef6ff"/></linearGradient></defs>
    <rect width="322" height="241" fill="url(#sky)"/><polygon points="0,140 90,60 190,140" fill="#7a86a0"/>
    <rect y="136" width="322" height="105" fill="#5f9c4f"/><circle cx="230" cy="120" r="45" fill="#2f7a33"/>
    <rect x="222" y="150" width="16" height="50" fill="#5b3b22"/></svg>`;
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const grain = await sharp({ create: { width: 322, height: 241, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer();
  const path = join(folder, 'drawing.jpg');
  await sharp(Buffer.from(svg))
    .flatten()
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg()
    .toFile(path);
  return path;
}

/** Lay the layer files over each other as anybody's viewer would, and compare with the photo: dB. */
async function psnrOf(layers: Buffer[], path: string): Promise<number> {
  const { rgb } = await decodePhoto(path);
  const shown = new Float64Array(rgb.length);
  for (const layer of layers) {
    const { data } = await sharp(layer).raw().toBuffer({ resolveWithObject: true });
    for (let at = 0; at < shown.length; at++) {
      const i = Math.floor(at / 3);
      shown[at]! += ((data[i * 4 + (at % 3)]! - shown[at]!) * data[i * 4 + 3]!) / 255;
    }
  }
  const squares = shown.reduce((sum, value, at) => sum + (Math.round(value) - rgb[at]!) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / rgb.length));
}

const pictures = [
  { name: 'a drawing', layers: 3, pathOf: drawPicture },
  { name: 'a drawing', layers: 8, pathOf: drawPicture },
  { name: 'a photo of the shared ones', layers: 4, pathOf: async () => PHOTO },
].filter(({ name }) => name === 'a drawing' || existsSync(PHOTO));

describe.skipIf(!hasWeights)('photo-realistic (needs the embedded weights)', () => {
  test.each(pictures)('$name in $layers layers', async ({ layers: count, pathOf }) => {
    const { image, written, read } = await runAll(await pathOf(), count);
    const files = [...written.values()];
    const layers = files.filter(({ role }) => role === 'layer');
    expect(layers.map(({ name }) => name)).toEqual([
      'Layer_1_background.png',
      ...Array.from({ length: count - 2 }, (_, i) => `Layer_${i + 2}_midground.png`),
      `Layer_${count}_foreground.png`,
    ]);
    const pixels = await Promise.all(layers.map(({ name }) => read(name)));
    for (const layer of pixels) {
      expect(await sharp(layer).metadata()).toMatchObject({
        width: image.width,
        height: image.height,
        channels: 4,
        depth: 'uchar',
      });
      expect((await sharp(layer).stats()).channels[3]!.max).toBe(255);
    }
    expect((await sharp(pixels[0]!).stats()).channels[3]!.min).toBe(255);
    expect(await psnrOf(pixels, image.path)).toBeGreaterThan(45);

    const depth = await sharp(await read('depth.png')).metadata();
    expect(depth).toMatchObject({ width: image.width, height: image.height, channels: 1, depth: 'ushort' });

    const manifest = JSON.parse(String(await read('layer_manifest.json')));
    expect(manifest.pipeline).toBe('photo-realistic');
    expect(manifest.photo).toEqual({ width: image.width, height: image.height, sha256: image.sha256 });
    expect(manifest.models.map(({ task }: { task: string }) => task)).toEqual([
      'depth',
      'matte',
      'inpainting',
    ]);
    for (const { file, sha256: hash, coverage } of manifest.layers) {
      expect(hash).toBe(sha256(await read(file)));
      expect(coverage).toBeGreaterThan(0);
    }
    for (const { name, sha256: hash } of manifest.files) expect(hash).toBe(sha256(await read(name)));

    const psd = readPsd(await read('layers.psd'), { useImageData: true, skipThumbnail: true });
    expect(psd).toMatchObject({ width: image.width, height: image.height });
    expect(psd.children!.map(({ name }) => `${name}.png`)).toEqual(layers.map(({ name }) => name));
    const [background] = psd.children!;
    expect(background!.imageData!.data).toEqual(
      new Uint8ClampedArray(await sharp(pixels[0]!).raw().toBuffer()),
    );
  });

  test('a cancelled run stops at its next step', async () => {
    let steps = 0;
    const onStep = () => {
      if (++steps === 3) throw new AppError('cancelled', 'The job was cancelled.');
    };
    const run = runAll(await drawPicture(), 2, { onStep });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(steps).toBe(3);
  });

  test('a photo that lies on its side is turned upright, and of metadata its pictures carry the stamp alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'multiplane-exif-'));
    folders.push(folder);
    const path = join(folder, 'turned.jpg');
    const place = { IFD0: { Artist: 'Ann of Elsewhere' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } };
    const drawing = sharp(await readFile(await drawPicture())).withMetadata({ orientation: 6 });
    await writeFile(path, await drawing.withExifMerge(place).jpeg().toBuffer());
    expect((await sharp(path).metadata()).exif!.includes('Ann of Elsewhere')).toBe(true);
    const stamp = '{"app":"multiplane"}';
    const { written, read } = await runAll(path, 2, { stamp });
    const { width, height, orientation } = await sharp(await read('Layer_1_background.png')).metadata();
    expect({ width, height, orientation }).toEqual({ width: 241, height: 322, orientation: undefined });
    expect(written.get('depth.png')).toMatchObject({ role: 'depth', width: 241, height: 322 });
    for (const { name, contentType } of outputsOf(written)) {
      expect((await read(name)).includes('Ann of Elsewhere'), name).toBe(false);
      if (contentType !== 'image/png') continue;
      const { exif, xmp, iptc, comments } = await sharp(await read(name)).metadata();
      expect({ exif, xmp, iptc, comments }, name).toEqual({
        comments: [{ keyword: 'Comment', text: stamp }],
      });
    }
  });
});
