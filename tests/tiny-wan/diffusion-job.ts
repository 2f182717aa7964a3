import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import type { InputImage, StageContext } from '#worker/pipelines/run';
import { readFloats } from '#worker/pipelines/stages/float-file';
import { pictureDiffusionStages as stages } from '#worker/pipelines/stages/diffusion/stages';
import { attemptStage } from '../stage-attempt.ts';

type Stage = keyof typeof stages;
type Attempt = Parameters<typeof attemptStage>[2];

/** A job on a model that is in a folder of weights; its stages are attempted one by one, and find what those before wrote. */
export class DiffusionJob {
  readonly #given: Pick<StageContext, 'params' | 'models' | 'inputs' | 'sessions'>;
  readonly #folders = new Map<string, string>();
  preview: StageContext['preview'] = () => undefined;
  warn: StageContext['warn'] = () => undefined;

  constructor(
    weightsDir: string,
    modelId: string,
    params: Record<string, unknown>,
    images: Record<string, string> = {},
  ) {
    const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: 1 });
    const inputs = Object.fromEntries(Object.entries(images).map(([role, path]) => [role, toInput(path)]));
    this.#given = { params, models: [modelId], inputs, sessions };
  }

  get sessions(): StageContext['sessions'] {
    return this.#given.sessions;
  }

  /** Gives the folder of what it wrote. */
  async attempt(stage: Stage, attempt?: Attempt): Promise<string> {
    const fileOf = (earlier: string, name: string) => join(this.#folders.get(earlier)!, name);
    const given = { ...this.#given, fileOf, preview: this.preview, warn: this.warn };
    const folder = await attemptStage(stages[stage], given, attempt);
    this.#folders.set(stage, folder);
    return folder;
  }

  floats(stage: Stage, name: string): Promise<Float32Array> {
    return readFloats(join(this.#folders.get(stage)!, name));
  }

  bytes(stage: Stage, name: string): Promise<Buffer> {
    return readFile(join(this.#folders.get(stage)!, name));
  }
}

/** The stages of diffusion look at nothing but the path. */
function toInput(path: string): InputImage {
  return { path, sha256: '-', width: 0, height: 0 };
}
