import type { PipelineRun } from './run.ts';

/**
 * Every pipeline's heavy half, under the id of its declaration in lib/pipelines. Each is loaded when it is first run: a
 * thread that cuts layers has no use for a video encoder.
 */
const RUNS: Readonly<Record<string, () => Promise<PipelineRun>>> = {
  'photo-realistic': async () => (await import('./photo-realistic.ts')).photoRealistic,
  painterly: async () => (await import('./painterly.ts')).painterly,
  t2v: async () => (await import('./t2v.ts')).t2v,
  i2v: async () => (await import('./i2v.ts')).i2v,
  ti2v: async () => (await import('./ti2v.ts')).ti2v,
  cutout: async () => (await import('./cutout.ts')).cutout,
  upscale: async () => (await import('./upscale.ts')).upscale,
  drill: async () => (await import('./drill.ts')).drill,
};

export async function findRun(id: string): Promise<PipelineRun | undefined> {
  return Object.hasOwn(RUNS, id) ? RUNS[id]!() : undefined;
}
