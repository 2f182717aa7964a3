/*
 * Peak memory and time of the photo-realistic run: `tsx bench/memory.ts [--json]`. A fresh runner process, as the
 * worker starts it, takes a drawn photo through all stages, at 1 megapixel with 4 layers and at 4096x4096 with 8.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { settings } from '#lib/config/settings';
import { createLogger } from '#lib/core/logger';
import { photoRealistic } from '#lib/pipelines/photo-realistic';
import { Runner } from '#worker/runner/runner';

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
  const { stageMs, peakMb } = await measure(path, width, height, layers);
  const result = { width, height, layers, stageMs, peakMb, limitMb };
  results.push(result);
  process.stdout.write(
    `${width}x${height}, ${layers} layers: ${JSON.stringify(stageMs)} ms, peak ${peakMb} MB\n`,
  );
}
await rm(workDir, { recursive: true, force: true });
if (process.argv.includes('--json'))
  process.stdout.write(`${JSON.stringify({ benchmark: 'memory', results })}\n`);
if (results.some(({ peakMb, limitMb }) => peakMb > limitMb)) process.exitCode = 1;

async function measure(path: string, width: number, height: number, layers: number) {
  const runner = new Runner({
    concurrency: 1,
    cancelGraceMs: 1000,
    stuckAfterMs: 600_000,
    log: createLogger('bench', 'warn'),
  });
  const folder = await mkdtemp(join(workDir, 'run-'));
  const stageMs: Record<string, number> = {};
  let peakMb = 0;
  for (const [index, { name }] of photoRealistic.stages.entries()) {
    const task = {
      id: `${width}-${name}`,
      jobId: 'bench',
      pipeline: photoRealistic.id,
      stage: name,
      model: 'auto',
      params: { num_layers: layers },
      inputs: { image: { path, sha256: '', width, height } },
      outDir: join(folder, name),
      stageDirs: Object.fromEntries(
        photoRealistic.stages.slice(0, index).map((done) => [done.name, join(folder, done.name)]),
      ),
      stageMs,
      provider: 'cpu',
      weightsDir: settings().weightsDir,
      threads: availableParallelism(),
    };
    const result = await runner.run(task, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    stageMs[name] = result.elapsedMs;
    peakMb = Math.round(result.peakMemoryBytes / MB);
  }
  runner.close();
  return { stageMs, peakMb };
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
