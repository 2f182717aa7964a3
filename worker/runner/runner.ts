import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '#lib/core/errors';
import type { Logger } from '#lib/core/logger';
import type {
  FromRunner,
  StageFailure,
  StageProgress,
  StageResult,
  StageTask,
  ToRunner,
} from './messages.ts';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

interface RunnerOptions {
  /** Stages that run at once. */
  concurrency: number;
  /** How long a stage may take to stop by itself once its signal is aborted. */
  cancelGraceMs: number;
  /** How long a stage may go without a sign of progress. */
  stuckAfterMs: number;
  log: Logger;
  /** The program of the child; a test's stands in for ours. */
  child?: string;
}

interface RunOptions {
  signal: AbortSignal;
  onProgress(progress: StageProgress): void;
}

interface Running {
  task: StageTask;
  child: ChildProcess;
  onProgress(progress: StageProgress): void;
  resolve(result: StageResult): void;
  reject(error: Error): void;
  stuckTimer: NodeJS.Timeout;
}

/** The runner was killed because of another job; this one did nothing wrong. */
export class RunnerTakenDown extends Error {}

/** A runner child process as its worker sees it: started when needed, killed when a run will not stop. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #running = new Map<string, Running>();
  #child: ChildProcess | undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Process id of the child, while there is one. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Run one stage. Throws AppError: the stage's own, `cancelled` once the signal was aborted and the run has really
   * stopped, or `runner_lost` where the child died of it; and RunnerTakenDown where it died of another's.
   */
  async run(task: StageTask, { signal, onProgress }: RunOptions): Promise<StageResult> {
    signal.throwIfAborted();
    const stop = () => this.#stop(task.id);
    signal.addEventListener('abort', stop);
    try {
      return await new Promise<StageResult>((resolve, reject) => {
        const stuckTimer = setTimeout(() => this.#giveUp(task.id), this.#options.stuckAfterMs);
        const child = (this.#child ??= this.#start());
        this.#running.set(task.id, { task, child, onProgress, resolve, reject, stuckTimer });
        child.send({ type: 'run', task } satisfies ToRunner);
      });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Let the child go; what still runs in it fails. */
  close(): void {
    this.#child?.kill('SIGKILL');
  }

  #start(): ChildProcess {
    const child = fork(this.#options.child ?? CHILD, [String(this.#options.concurrency)], {
      serialization: 'advanced',
    });
    child.on('message', (message: FromRunner) => this.#receive(child, message));
    child.on('error', (error) => {
      this.#options.log.error({ err: error }, 'runner error');
      // One that was never born does not exit either.
      if (child.pid === undefined) child.emit('exit', null, null);
    });
    child.on('exit', (code, signal) => {
      if (this.#child === child) this.#child = undefined;
      this.#afterExit(child, code, signal);
    });
    this.#options.log.info({ runnerPid: child.pid }, 'runner started');
    return child;
  }

  #receive(child: ChildProcess, message: FromRunner): void {
    const running = this.#running.get(message.taskId);
    if (!running) return;
    if (message.type === 'progress') {
      running.stuckTimer.refresh();
      running.onProgress(message.progress);
      return;
    }
    const { outcome } = message;
    this.#take(message.taskId);
    if (outcome.ok) return running.resolve(outcome.result);
    running.reject(this.#toError(outcome.failure, running.task));
    this.#retire(child);
  }

  /** What a broken-off stage left in memory goes with its process, as soon as nobody else is in it. */
  #retire(child: ChildProcess): void {
    if ([...this.#running.values()].some((running) => running.child === child)) return;
    if (this.#child === child) this.#child = undefined;
    child.kill('SIGKILL');
  }

  #toError(failure: StageFailure, task: StageTask): AppError {
    const { code, message, suggestion, detail } = failure;
    if (code !== 'cancelled')
      this.#options.log.error({ jobId: task.jobId, stage: task.stage, detail }, message);
    return new AppError(code, message, { suggestion, cause: new Error(detail) });
  }

  /** Ask the stage to stop; kill the runner if it has not after the grace period. */
  #stop(taskId: string): void {
    this.#running.get(taskId)?.child.send({ type: 'cancel', taskId } satisfies ToRunner);
    const killTimer = setTimeout(() => {
      this.#killFor(taskId, new AppError('cancelled', 'The job was cancelled.'));
    }, this.#options.cancelGraceMs);
    killTimer.unref();
  }

  #giveUp(taskId: string): void {
    const seconds = Math.round(this.#options.stuckAfterMs / 1000);
    this.#killFor(
      taskId,
      new AppError('runner_lost', `The run made no progress for ${seconds} s and was stopped.`),
    );
  }

  #killFor(taskId: string, error: AppError): void {
    const culprit = this.#take(taskId);
    if (!culprit) return;
    this.#options.log.warn({ jobId: culprit.task.jobId, reason: error.code }, 'killing the runner');
    const { child } = culprit;
    if (this.#child === child) this.#child = undefined;
    const bystanders = this.#takeAll(child);
    child.once('exit', () => {
      culprit.reject(error);
      for (const { reject } of bystanders) reject(new RunnerTakenDown());
    });
    child.kill('SIGKILL');
  }

  #afterExit(child: ChildProcess, code: number | null, signal: string | null): void {
    const lost = this.#takeAll(child);
    if (lost.length === 0) return;
    this.#options.log.error({ code, signal, jobs: lost.map(({ task }) => task.jobId) }, 'runner died');
    for (const { reject } of lost) reject(runnerDied(signal));
  }

  #take(taskId: string): Running | undefined {
    const running = this.#running.get(taskId);
    if (running) clearTimeout(running.stuckTimer);
    this.#running.delete(taskId);
    return running;
  }

  #takeAll(child: ChildProcess): Running[] {
    const its = [...this.#running.values()].filter((running) => running.child === child);
    return its.map(({ task }) => this.#take(task.id)!);
  }
}

function runnerDied(signal: string | null): AppError {
  return new AppError('runner_lost', 'The process that computed this job died.', {
    suggestion:
      signal === 'SIGKILL'
        ? 'The machine may have run out of memory: try a smaller picture, or fewer jobs at once.'
        : 'Try again; if it happens each time, the model and this machine may not fit together.',
  });
}
