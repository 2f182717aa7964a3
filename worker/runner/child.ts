import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { FromRunner, StageOutcome, StageTask, TaskReport, ThreadTask, ToRunner } from './messages.ts';

/*
 * The runner: a child process for one device, with the pool of threads that hold its sessions. It knows no database.
 * An ONNX run cannot be interrupted from inside its process, and a native crash takes the process along; both end
 * here, and not in the worker. See docs/decisions/001-processes-and-pool.md.
 */

const maxThreads = Number(process.argv[2]);
const pool = new Piscina({
  filename: new URL('./thread.mjs', import.meta.url).href,
  minThreads: 1,
  maxThreads,
  idleTimeout: Number.POSITIVE_INFINITY,
  atomics: 'disabled',
});

interface Running {
  cancelFlag: Int32Array;
  /** The child's end of the thread's port. */
  port: MessagePort;
}
const running = new Map<string, Running>();

process.on('message', (message: ToRunner) => {
  if (message.type === 'run') void run(message.task);
  else if (message.type === 'cancel') running.get(message.taskId)?.cancelFlag.fill(1);
  else running.get(message.taskId)?.port.postMessage(message.answer);
});
process.on('disconnect', dieAtOnce);
// A terminal's Ctrl-C and a service manager's stop go to every process; whether the run goes on is the worker's to say.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

async function run(task: StageTask): Promise<void> {
  const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
  const { port1: port, port2 } = new MessageChannel();
  running.set(task.id, { cancelFlag, port });
  port.on('message', (report: TaskReport) => send({ taskId: task.id, ...report }));
  const threadTask: ThreadTask = { task, cancelFlag, port: port2 };
  const outcome: StageOutcome = await pool.run(threadTask, { transferList: [port2] });
  running.delete(task.id);
  send({ type: 'outcome', taskId: task.id, outcome });
}

/** A message that cannot be sent says that the worker is gone, before `disconnect` does. */
function send(message: FromRunner): void {
  process.send?.(message, undefined, undefined, (error) => error && dieAtOnce());
}

/** The worker is gone: nobody would take the result. SIGKILL, because leaving during a run aborts noisily. */
function dieAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}
