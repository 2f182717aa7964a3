import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import { ContenderProcess } from './contender-process.ts';
import { inTurn } from './in-turn.ts';
import type { NewFolder } from './run-rounds.ts';

const FOR_MS = 20_000;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REPORTER = new URL('processor-reporter.ts', import.meta.url).href;

/** A process whose use of the processor can be asked for. */
export interface Idler {
  name: string;
  processorMs(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Workers that wait from now on: the product's whole worker process, and the contenders' that listen. Started long before
 * they are measured, since a process is not done with its own start for half a minute.
 */
export async function startIdlers(listening: Contender[], newFolder: NewFolder): Promise<Idler[]> {
  const contenders = await inTurn(listening, async (contender) =>
    listeningWorker(contender, await newFolder(`${contender.name}-idle`)),
  );
  return [await realWorker(await newFolder('worker-idle')), ...contenders];
}

/** Percent of a core that each uses; they end with it. */
export async function measureIdle(idlers: Idler[]): Promise<Record<string, number>> {
  const before = await readAll(idlers);
  const startedAt = performance.now();
  await delay(FOR_MS);
  const after = await readAll(idlers);
  const elapsedMs = performance.now() - startedAt;
  await inTurn(idlers, (idler) => idler.stop());
  return Object.fromEntries(
    idlers.map(({ name }, at) => [name, (100 * (after[at]! - before[at]!)) / elapsedMs]),
  );
}

async function readAll(idlers: Idler[]): Promise<number[]> {
  return Promise.all(idlers.map((idler) => idler.processorMs()));
}

/** `worker/index.ts` as it is, on an empty queue, with a listener loaded before it that tells its processor time. */
async function realWorker(folder: string): Promise<Idler> {
  const child = fork('worker/index.ts', {
    cwd: ROOT,
    execArgv: ['--import', 'tsx', '--import', REPORTER],
    env: {
      ...withoutSettings(process.env),
      MULTIPLANE_DATA_DIR: folder,
      MULTIPLANE_PROVIDER: 'cpu',
      MULTIPLANE_LOG_LEVEL: 'warn',
    },
  });
  const answer = async () => (await once(child, 'message'))[0];
  await answer();
  return {
    name: 'worker',
    async processorMs() {
      child.send('processorMs');
      return answer();
    },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** It must not come near a studio that this environment is set up for. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('MULTIPLANE_'));
  return Object.fromEntries(others) as NodeJS.ProcessEnv;
}

async function listeningWorker(contender: Contender, folder: string): Promise<Idler> {
  const worker = await ContenderProcess.start(contender, folder);
  await worker.ask('listen');
  return {
    name: contender.name,
    processorMs: () => worker.ask('processorMs'),
    stop: () => worker.stop(),
  };
}
