import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { FromRunner, StageOutcome, StageTask, ToRunner } from './messages.ts';

/*
 * The runner: a child process for one device, with the pool of threads that hold its sessions. It knows no database.
 * An ONNX run cannot be interrupted from inside its process, and a native crash takes the process along; both end
 * here, and not in the worker. See docs/decisions/001-processes-and-pool.md.
 */

const maxThreads = Number(process.argv[2]);
const pool = new Piscina({
  filename: new URL('./thread.ts', import.meta.url).href,
  minThreads: 1,
  maxThreads,
  idleTimeout: Number.POSITIVE_INFINITY,
  atomics: 'disabled',
});
const cancelFlags = new Map<string, Int32Array>();

process.on('message', (message: ToRunner) => {
  if (message.type === 'run') void run(message.task);
  else cancelFlags.get(message.taskId)?.fill(1);
});
process.on('disconnect', dieAtOnce);
// A terminal sends its Ctrl-C to every process; whether the run goes on is the worker's to say.
process.on('SIGINT', () => undefined);

async function run(task: StageTask): Promise<void> {
  const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
  cancelFlags.set(task.id, cancelFlag);
  const { port1, port2 } = new MessageChannel();
  port1.on('message', (progress) => send({ type: 'progress', taskId: task.id, progress }));
  const threadTask = { task, cancelFlag, progressPort: port2 };
  const outcome: StageOutcome = await pool.run(threadTask, { transferList: [port2] });
  cancelFlags.delete(task.id);
  send({ type: 'outcome', taskId: task.id, outcome });
}

function send(message: FromRunner): void {
  process.send?.(message);
}

/** The worker is gone: nobody would take the result. SIGKILL, because leaving during a run aborts noisily. */
function dieAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}
