import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#lib/core/errors';
import { sha256OfFile } from '#lib/core/file-hash';
import type { MISHAPS } from '#lib/pipelines/drill';
import type { PipelineRun, StageContext, WrittenFile } from './run.ts';
import { readJson, writeJson } from './stages/outputs/json.ts';

interface DrillParams {
  steps: number;
  step_ms: number;
  fail: (typeof MISHAPS)[number];
}

const STEPS_BETWEEN_CHECKPOINTS = 5;
const CHAIN = 'chain.txt';
const PLAIN = { width: null, height: null };
const JSON_FILE = { ...PLAIN, contentType: 'application/json' };

/**
 * Counts by a chain of hashes: each step's is made of the one before and the step's number, and the first of the job and
 * its picture. So a step left out, done twice or done for another job shows in the result.
 */
export const drill: PipelineRun = { stages: { prepare, count, publish } };

async function prepare({ jobId, inputs, outDir }: StageContext): Promise<WrittenFile[]> {
  const { image } = inputs;
  const picture = image ? await sha256OfFile(image.path) : null;
  await writeJson(join(outDir, 'start.json'), { picture, digest: sha256(`${jobId} ${picture}`) });
  return [{ ...JSON_FILE, name: 'start.json', role: null }];
}

async function count(context: StageContext): Promise<WrittenFile[]> {
  const { steps, step_ms: stepMs, fail } = paramsOf(context);
  const isFirst = context.checkpoint.latest === null;
  const chain = await chainSoFar(context);
  if (isFirst) await save(context, chain);
  for (let done = chain.length - 1; done < steps; done++) {
    if (done >= Math.floor(steps / 2)) meetMishap(fail, isFirst);
    await delay(stepMs);
    chain.push(sha256(`${chain.at(-1)} ${done + 1}`));
    context.progress(done + 1, steps);
    if ((done + 1) % STEPS_BETWEEN_CHECKPOINTS === 0) await save(context, chain);
  }
  await writeFile(join(context.outDir, CHAIN), toText(chain));
  return [{ ...PLAIN, name: CHAIN, role: 'chain', contentType: 'text/plain' }];
}

async function publish({ outDir, fileOf }: StageContext): Promise<WrittenFile[]> {
  const { picture } = await readJson<{ picture: string | null }>(fileOf('prepare', 'start.json'));
  const chain = await readChain(fileOf('count', CHAIN));
  await writeJson(join(outDir, 'result.json'), { picture, steps: chain.length - 1, digest: chain.at(-1) });
  return [{ ...JSON_FILE, name: 'result.json', role: 'result' }];
}

/** What the job's parameters are: they were checked when it was taken. */
function paramsOf({ params }: StageContext): DrillParams {
  return params as unknown as DrillParams;
}

/** The hashes of the steps that are done, after the one it starts from. Throws where a checkpoint is not of one piece. */
async function chainSoFar({ checkpoint: { latest }, fileOf }: StageContext): Promise<string[]> {
  if (!latest) return [(await readJson<{ digest: string }>(fileOf('prepare', 'start.json'))).digest];
  const { done } = latest.state as { done: number };
  const chain = await readChain(latest.path(CHAIN));
  if (chain.length - 1 === done) return chain;
  throw new AppError('internal', `The checkpoint says ${done} steps and has ${chain.length - 1}.`);
}

async function save({ checkpoint }: StageContext, chain: string[]): Promise<void> {
  await checkpoint.save({ done: chain.length - 1 }, { [CHAIN]: Buffer.from(toText(chain)) });
}

/** Fail, or die, if that was asked for. Returns where the run is to go on. */
function meetMishap(fail: DrillParams['fail'], isFirst: boolean): void {
  if (fail === 'always' || (fail === 'once' && isFirst))
    throw new AppError('unavailable', 'The drill failed, as it was asked to.');
  if (fail === 'poison' || (fail === 'crash' && isFirst)) process.kill(process.pid, 'SIGKILL');
}

function toText(chain: string[]): string {
  return `${chain.join('\n')}\n`;
}

async function readChain(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).trimEnd().split('\n');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
