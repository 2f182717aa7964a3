import { InferenceSession, Tensor } from 'onnxruntime-node';
import { PROBE_SIDE, probeModel } from './probe-model.ts';

/*
 * Runs in a throw-away child process, because a driver that does not work may throw, hang or take its process along.
 * Argument: the execution provider. Answers with a ProbeAnswer over IPC.
 */

/** What the child says: how long its work took on that device alone, or that the device cannot do it. */
export type ProbeAnswer = { ok: true; runMs: number } | { ok: false };

const FEW_PRODUCTS = 4;
const MANY_PRODUCTS = 32;
const RUNS = 3;
/** A device that takes longer for the few computes in software, and is not asked for the many. */
const PATIENCE_MS = 200;

/** How long the many products take, in milliseconds. */
async function probe(provider: string): Promise<number> {
  const fewMs = await time(provider, FEW_PRODUCTS, 1);
  if (fewMs > PATIENCE_MS) return (fewMs * MANY_PRODUCTS) / FEW_PRODUCTS;
  return time(provider, MANY_PRODUCTS, RUNS);
}

/** The shortest of some runs, after one that compiles and does not count. */
async function time(provider: string, products: number, runs: number): Promise<number> {
  const session = await InferenceSession.create(probeModel(products), {
    executionProviders: [provider],
    logSeverityLevel: 4,
    // A node that the device cannot take must fail here, and not run on the CPU instead.
    extra: provider === 'cpu' ? {} : { session: { disable_cpu_ep_fallback: '1' } },
  });
  const x = new Tensor('float32', new Float32Array(PROBE_SIDE ** 2).fill(1 / PROBE_SIDE), [
    PROBE_SIDE,
    PROBE_SIDE,
  ]);
  let shortestMs = Infinity;
  for (let run = 0; run <= runs; run++) {
    const startedAt = performance.now();
    const { y } = await session.run({ x });
    if (!isRight(y!)) throw new Error('wrong results');
    if (run > 0) shortestMs = Math.min(shortestMs, performance.now() - startedAt);
  }
  return shortestMs;
}

/** A matrix with 1/n everywhere, multiplied by itself, is itself. */
function isRight(product: Tensor): boolean {
  const expected = 1 / PROBE_SIDE;
  return (product.data as Float32Array).every((value) => Math.abs(value - expected) < 1e-3 * expected);
}

function answer(message: ProbeAnswer): void {
  // Leaving by the front door would wait for the driver's threads.
  process.send?.(message, () => process.kill(process.pid, 'SIGKILL'));
}

probe(process.argv[2] ?? 'cpu').then(
  (runMs) => answer({ ok: true, runMs }),
  () => answer({ ok: false }),
);
