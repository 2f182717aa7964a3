/*
 * Peak memory and time of the photo-realistic run: `npm run bench:memory [-- --json]`. A fresh runner process, as the
 * worker starts it, takes a drawn photo through all stages, at 1 megapixel with 4 layers and at 4096x4096 with 8.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { settings } from '#lib/config/settings';
import { createLogger } from '#lib/core/logger';
import { photoRealistic } from '#lib/pipelines/photo-realistic';
import type { InputImage } from '#worker/pipelines/run';
import { runOnce } from '#worker/run-once';

const MB = 1024 * 1024;
const CASES = [
  { width: 1155, height: 866, layers: 4, limitMb: 1024 },
  { width: 4096, height: 4096, layers: 8, limitMb: 3072 },
];

const workDir = await mkdtemp(join(tmpdir(), 'multiplane-bench-'));
const results = [];
for (const { width, height, layers, limitMb } of CASES) {
  const path = join(workDir, `${width}.jpg`);
  await sharp(drawing(width, height))
    .composite([{ input: await grain(width, height), blend: 'soft-light' }])
    .jpeg()
    .toFile(path);
  const { stageMs, peakMb } = await measure({ path, sha256: '', width, height }, layers);
  results.push({ width, height, layers, stageMs, peakMb, limitMb });
  process.stdout.write(
    `${width}x${height}, ${layers} layers: ${JSON.stringify(stageMs)} ms, peak ${peakMb} MB\n`,
  );
}
await rm(workDir, { recursive: true, force: true });
if (process.argv.includes('--json'))
  process.stdout.write(`${JSON.stringify({ benchmark: 'memory', results })}\n`);
if (results.some(({ peakMb, limitMb }) => peakMb > limitMb)) process.exitCode = 1;

async function measure(image: InputImage, layers: number) {
  const { stageMs, peakMemoryBytes } = await runOnce(
    {
      pipeline: photoRealistic,
      model: 'auto',
      params: { num_layers: layers },
      inputs: { image },
      outDir: join(workDir, String(image.width)),
      signal: new AbortController().signal,
      onProgress() {},
      onNote() {},
    },
    { ...settings(), provider: 'cpu' },
    createLogger('bench', 'warn'),
  );
  return { stageMs, peakMb: Math.round(peakMemoryBytes / MB) };
}

/** Hills, a lawn, a tree and a house: something at every depth. */
function drawing(width: number, height: number): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 400 300"
    preserveAspectRatio="none"><rect width="400" height="300" fill="#a8d0ff"/>
    <polygon points="0,170 110,70 230,170" fill="#7a86a0"/><polygon points="140,170 280,90 400,170" fill="#8a94ac"/>
    <rect y="165" width="400" height="135" fill="#5f9c4f"/><rect x="240" y="150" width="90" height="100" fill="#c94f3d"/>
    <circle cx="90" cy="140" r="45" fill="#2f7a33"/><rect x="82" y="180" width="16" height="70" fill="#5b3b22"/></svg>`);
}

/** Noise, so that files do not compress better than a photo's. */
async function grain(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer();
}
