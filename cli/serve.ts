import { setTimeout as delay } from 'node:timers/promises';
import { reachableUrl, readableUrl, type WebAddress } from './address.ts';
import { KeptProcess } from './kept-process.ts';
import { startProcess, webCommand, workerCommand } from './processes.ts';
import { say } from './terminal.ts';

const ORPHAN_CHECK_MS = 1_000;
const ASK_AGAIN_MS = 100;

/**
 * Run the web process and the worker until a signal ends them, and this process with them. Rejects where one of the two
 * turns out to be hopeless, once the other has left too.
 */
export async function serve(address: WebAddress): Promise<never> {
  const processes = [
    new KeptProcess('worker', () => startProcess(workerCommand)),
    new KeptProcess('web', () => startProcess(webCommand(address))),
  ];
  stopOnSignal(processes);
  const hopeless = Promise.race(processes.map((kept) => kept.hopeless));
  try {
    await Promise.race([untilAnswering(`${reachableUrl(address)}/health`), hopeless]);
    say(`\nMultiplane is running at ${readableUrl(address)}`);
    say('Ctrl-C stops it; unfinished jobs go on at the next start.\n');
    return await hopeless;
  } finally {
    await stopAll(processes);
  }
}

function stopOnSignal(processes: KeptProcess[]): void {
  const stop = async () => {
    say('\nStopping …');
    await stopAll(processes);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
  // A SIGTERM sent to npm ends npm and its shell, and is not passed on: being left alone stands for it.
  const startedBy = process.ppid;
  const orphanCheck = setInterval(() => {
    if (process.ppid === startedBy) return;
    clearInterval(orphanCheck);
    void stop();
  }, ORPHAN_CHECK_MS);
}

async function stopAll(processes: KeptProcess[]): Promise<void> {
  await Promise.all(processes.map((kept) => kept.stop()));
}

async function untilAnswering(url: string): Promise<void> {
  const answers = () =>
    fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await answers())) await delay(ASK_AGAIN_MS);
}
