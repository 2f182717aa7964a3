import { InferenceSession } from 'onnxruntime-node';
import { AppError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import { isPresent, weightPath } from '#lib/models/weights';

/** A loaded network. The rest of the worker names it by this and leaves onnxruntime to this folder. */
export type Session = InferenceSession;

/** The ONNX sessions of one thread. */
export interface SessionCache {
  readonly provider: string;
  readonly weightsDir: string;
  /** The session of a catalogue model, opened on first use. Throws AppError `weights_missing` or `model_unfit`. */
  open(modelId: string): Promise<Session>;
  /** Let go of every session, to give back memory between stages. */
  release(): Promise<void>;
}

interface SessionCacheOptions {
  /** Execution provider, already probed: `cpu`, `webgpu` or `cuda`. */
  provider: string;
  weightsDir: string;
  /** CPU threads one run may use. */
  threads: number;
}

/**
 * Models that a provider is not given. Compiling MI-GAN for WebGPU overflows a thread's usual stack of 8 MB with the
 * one driver it could be tried on (SwiftShader; onnxruntime 1.30) and takes the whole process along; with 256 MB it
 * gives what the CPU gives. There it takes a third of a second, which is not worth the risk.
 */
const UNFIT: Readonly<Record<string, ReadonlySet<string>>> = { webgpu: new Set(['migan']) };

export function createSessionCache({ provider, weightsDir, threads }: SessionCacheOptions): SessionCache {
  const opened = new Map<string, Promise<Session>>();
  return {
    provider,
    weightsDir,
    open(modelId) {
      const known = opened.get(modelId);
      if (known) return known;
      const fit = UNFIT[provider]?.has(modelId) ? 'cpu' : provider;
      const session = openSession(modelId, weightsDir, sessionOptions(fit, threads));
      opened.set(modelId, session);
      // A failure is not kept: the weights may be there at the next attempt.
      session.catch(() => opened.delete(modelId));
      return session;
    },
    async release() {
      const sessions = [...opened.values()];
      opened.clear();
      for (const session of await Promise.allSettled(sessions)) {
        if (session.status === 'fulfilled') await session.value.release();
      }
    },
  };
}

/**
 * The CPU stands behind every other provider for what that one cannot run. Measured with MI-GAN at 1024x1024 on two
 * cores: the memory arena makes a run five times as fast (0.31 s against 1.5 s, page faults), and memory patterns on
 * top of it only raise the peak (1025 MB against 583 MB).
 */
function sessionOptions(provider: string, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
    intraOpNumThreads: Math.max(1, threads),
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    enableMemPattern: false,
    logSeverityLevel: 3,
  };
}

async function openSession(
  modelId: string,
  weightsDir: string,
  options: InferenceSession.SessionOptions,
): Promise<Session> {
  const model = findModel(modelId);
  const weight = model?.weights.find(({ name }) => name.endsWith('.onnx'));
  if (!model || !weight)
    throw new AppError('internal', `The engine does not know a model called “${modelId}”.`);
  if (!isPresent(weightsDir, model)) {
    throw new AppError('weights_missing', `${model.title} is not on this machine yet.`, {
      suggestion: `Fetch it with: npm run -s multiplane -- models download ${model.id}`,
    });
  }
  try {
    return await InferenceSession.create(weightPath(weightsDir, weight), options);
  } catch (cause) {
    throw new AppError('model_unfit', `${model.title} cannot be loaded on this machine.`, {
      suggestion: `Check its file with: npm run -s multiplane -- models verify`,
      cause,
    });
  }
}
