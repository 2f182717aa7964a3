import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StageCheckpoint, StageContext, StageRun } from '#worker/pipelines/run';
import { temporaryFolder } from './temporary-folder.ts';

/** What attempts at one stage leave to each other. */
export interface Saved {
  latest: StageCheckpoint['latest'];
}

type Given = Pick<StageContext, 'params' | 'models' | 'inputs' | 'sessions'> &
  Partial<Pick<StageContext, 'fileOf' | 'preview' | 'warn'>>;

/**
 * One attempt at a stage by itself, as a worker makes it; resolves to the folder of what it wrote. `saved`: what it finds
 * and leaves. `onStep` may throw to cut it off. Earlier stages' files lie in the same folder, unless `fileOf` says where.
 */
export async function attemptStage(
  stage: StageRun,
  given: Given,
  {
    saved = { latest: null },
    onStep = () => undefined,
  }: { saved?: Saved; onStep?: (step: number) => void } = {},
): Promise<string> {
  const outDir = temporaryFolder();
  const save = async (state: unknown, files: Record<string, Uint8Array>) => {
    const folder = join(temporaryFolder(), 'checkpoint');
    mkdirSync(folder);
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
    saved.latest = { state: JSON.parse(JSON.stringify(state)), path: (name) => join(folder, name) };
  };
  await stage({
    jobId: 'test',
    pipeline: 'test',
    model: 'auto',
    outDir,
    stageMs: {},
    stamp: null,
    threads: 2,
    checkpoint: { latest: saved.latest, save },
    fileOf: (_, name) => join(outDir, name),
    progress: onStep,
    warn: () => undefined,
    preview: () => undefined,
    ...given,
  });
  return outDir;
}
