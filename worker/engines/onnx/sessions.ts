import { InferenceSession } from 'onnxruntime-node';
import { AppError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import type { Model, Network } from '#lib/models/model';
import { requirePresent } from '#lib/models/selection';
import { onnxPath } from './convert/converted.ts';

/** A loaded network. The rest of the worker names it by this and leaves onnxruntime to this folder. */
export type Session = InferenceSession;

/** The ONNX sessions of one thread. */
export interface SessionCache {
  readonly provider: string;
  readonly weightsDir: string;
  /** Called with a model's title before it is loaded, which takes a while, and with null after it; to be replaced. */
  onLoading: (title: string | null) => void;
  /**
   * The session of a catalogue model, opened on first use; `network` says which, of a model that has several. Throws
   * AppError `weights_missing` or `model_unfit`.
   */
  open(modelId: string, network?: string): Promise<Session>;
  /** Ids of the models that were opened since this was asked last, used again included. */
  takeOpened(): string[];
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
  const asked = new Set<string>();
  const load = async (found: Found) => {
    const fit = UNFIT[provider]?.has(found.model.id) ? 'cpu' : provider;
    cache.onLoading(found.model.title);
    try {
      return await createSession(found, weightsDir, sessionOptions(fit, threads));
    } finally {
      cache.onLoading(null);
    }
  };
  const cache: SessionCache = {
    provider,
    weightsDir,
    onLoading: () => undefined,
    async open(modelId, name) {
      const found = locate(modelId, name, weightsDir);
      asked.add(modelId);
      const key = `${modelId} ${found.network.name}`;
      const known = opened.get(key);
      if (known) return known;
      const session = load(found);
      opened.set(key, session);
      // A failure is not kept: the weights may be there at the next attempt.
      session.catch(() => opened.delete(key));
      return session;
    },
    takeOpened() {
      const ids = [...asked];
      asked.clear();
      return ids;
    },
    async release() {
      const sessions = [...opened.values()];
      opened.clear();
      for (const session of await Promise.allSettled(sessions)) {
        if (session.status === 'fulfilled') await session.value.release();
      }
    },
  };
  return cache;
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

interface Found {
  model: Model;
  network: Network;
}

/** A network of a catalogue model, whose weights are on this machine; the first, where none is named. */
function locate(modelId: string, name: string | undefined, weightsDir: string): Found {
  const model = findModel(modelId);
  const network = model?.networks.find((candidate) => name === undefined || candidate.name === name);
  if (!model || !network) {
    const what = name === undefined ? `“${modelId}”` : `“${name}” of “${modelId}”`;
    throw new AppError('internal', `The engine does not know a network ${what}.`);
  }
  requirePresent(weightsDir, model);
  return { model, network };
}

async function createSession(
  { model, network }: Found,
  weightsDir: string,
  options: InferenceSession.SessionOptions,
): Promise<Session> {
  try {
    return await InferenceSession.create(await onnxPath(weightsDir, model, network), options);
  } catch (cause) {
    throw new AppError('model_unfit', `${model.title} cannot be loaded on this machine.`, {
      suggestion: `Check its file with: npm run -s multiplane -- models verify`,
      cause,
    });
  }
}
