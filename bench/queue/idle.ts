import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import { ContenderProcess } from './contender-process.ts';
import type { NewFolder } from './run-rounds.ts';

const SETTLE_MS = 3_000;
const FOR_MS = 20_000;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REPORTER = new URL('processor-reporter.ts', import.meta.url).href;

/** A process whose use of the processor can be asked for. */
interface Idler {
  name: string;
  processorMs(): Promise<number>;
  stop(): unknown;
}

/** Percent of a core that a waiting worker uses: the product's whole worker process, and the contenders' that listen. */
export async function measureIdle(
  listening: Contender[],
  newFolder: NewFolder,
): Promise<Record<string, number>> {
  const idlers = [await realWorker(await newFolder('worker'))];
  for (const contender of listening) {
    idlers.push(await listeningWorker(contender, await newFolder(`${contender.name}-idle`)));
  }
  await delay(SETTLE_MS);
  const before = await readAll(idlers);
  const startedAt = performance.now();
  await delay(FOR_MS);
  const after = await readAll(idlers);
  const elapsedMs = performance.now() - startedAt;
  for (const { stop } of idlers) await stop();
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
      ...process.env,
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

async function listeningWorker(contender: Contender, folder: string): Promise<Idler> {
  const worker = await ContenderProcess.start(contender, folder);
  await worker.ask('listen');
  return {
    name: contender.name,
    processorMs: () => worker.ask('processorMs'),
    stop: () => worker.stop(),
  };
}
