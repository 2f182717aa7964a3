import { InferenceSession } from 'onnxruntime-node';
import { AppError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import type { Model, Network } from '#lib/models/model';
import { requirePresent } from '#lib/models/selection';
import { asPlaced } from '#lib/models/weights';
import { onnxPath } from './convert/converted.ts';
import { type DeviceMeans, providerFor } from './placement.ts';

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
   * AppError as `requirePresent` does, and `model_unfit`.
   */
  open(modelId: string, network?: string): Promise<Session>;
  /** Let go of one session, if it is open: what makes room within a stage. */
  close(modelId: string, network: string): Promise<void>;
  /** Ids of the models that were opened since this was asked last, used again included. */
  takeOpened(): string[];
  /** Let go of every session, to give back memory between stages. */
  release(): Promise<void>;
}

/** The provider is probed already. */
interface SessionCacheOptions extends DeviceMeans {
  weightsDir: string;
  /** CPU threads one run may use. */
  threads: number;
}

export function createSessionCache(options: SessionCacheOptions): SessionCache {
  const { provider, weightsDir, threads } = options;
  const opened = new Map<string, Promise<Session>>();
  const asked = new Set<string>();
  const load = async (found: Found) => {
    const fit = providerFor(found.model.id, found.network, options);
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
      const key = keyOf(modelId, found.network.name);
      const known = opened.get(key);
      if (known) return known;
      const session = load(found);
      opened.set(key, session);
      // A failure is not kept: the weights may be there at the next attempt.
      session.catch(() => opened.delete(key));
      return session;
    },
    async close(modelId, network) {
      const key = keyOf(modelId, network);
      const session = opened.get(key);
      opened.delete(key);
      if (session) await letGo([session]);
    },
    takeOpened() {
      const ids = [...asked];
      asked.clear();
      return ids;
    },
    async release() {
      const sessions = [...opened.values()];
      opened.clear();
      await letGo(sessions);
    },
  };
  return cache;
}

function keyOf(modelId: string, network: string): string {
  return `${modelId} ${network}`;
}

/** Of those that could not be opened there is nothing to let go. */
async function letGo(sessions: readonly Promise<Session>[]): Promise<void> {
  for (const session of await Promise.allSettled(sessions)) {
    if (session.status === 'fulfilled') await session.value.release();
  }
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
  const known = findModel(modelId);
  if (known) requirePresent(weightsDir, known);
  const model = known && asPlaced(weightsDir, known);
  const network = model?.networks.find((candidate) => name === undefined || candidate.name === name);
  if (!model || !network) {
    const what = name === undefined ? `“${modelId}”` : `“${name}” of “${modelId}”`;
    throw new AppError('internal', `The engine does not know a network ${what}.`);
  }
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
