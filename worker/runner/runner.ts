import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runnerEnvironment } from '#lib/config/runner-environment';
import { AppError } from '#lib/core/errors';
import type { Logger } from '#lib/core/logger';
import type { StageCount } from '#lib/pipelines/progress';
import { fromFailure, toFailure } from './failure.ts';
import type { Checkpoint, Failure, FromRunner, StageResult, StageTask, ToRunner } from './messages.ts';
import { Mutex } from './mutex.ts';

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

/** How one stage is run, and what hears of it meanwhile. */
export interface RunOptions {
  signal: AbortSignal;
  onProgress(progress: StageCount): void;
  /** Shows what the result looks like so far, as a small WebP file. */
  onPreview?(webp: Uint8Array): void;
  /** Make a checkpoint last. What it rejects with ends the stage, and is what the run rejects with. */
  onCheckpoint(checkpoint: Checkpoint): Promise<void>;
}

interface Running extends Omit<RunOptions, 'signal'> {
  task: StageTask;
  child: ChildProcess;
  /** Why a checkpoint could not be saved. */
  refusal?: Error;
  resolve(result: StageResult): void;
  reject(error: Error): void;
  stuckTimer: NodeJS.Timeout;
}

/** The runner was killed because of another job, or of none; this one did nothing wrong. */
export class RunnerTakenDown extends Error {}

/** The runner died by itself. One of the stages in it did that; with none beside it, it was this one. */
export class RunnerDied extends AppError {
  /** How many other stages ran in it. */
  readonly others: number;

  constructor(others: number, suggestion: string) {
    super('runner_lost', 'The process that computed this job died.', { suggestion });
    this.others = others;
  }
}

/** A runner child process as its worker sees it: started when needed, killed when a run will not stop. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #running = new Map<string, Running>();
  readonly #apart = new Mutex();
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
   * stopped, or `runner_lost` where it got stuck; RunnerDied; and RunnerTakenDown.
   */
  async run(task: StageTask, { signal, ...listeners }: RunOptions): Promise<StageResult> {
    signal.throwIfAborted();
    const stop = () => this.#stop(task.id);
    signal.addEventListener('abort', stop);
    try {
      return await new Promise<StageResult>((resolve, reject) => {
        const stuckTimer = setTimeout(() => this.#giveUp(task.id), this.#options.stuckAfterMs);
        const child = (this.#child ??= this.#start());
        this.#running.set(task.id, { task, child, ...listeners, resolve, reject, stuckTimer });
        child.send({ type: 'run', task } satisfies ToRunner);
      });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /**
   * Do the work of one job in a runner of its own, under the same terms. There is one of them at a time: more could
   * starve each other of memory. Its process has ended, and given back its memory, when this settles. Throws the
   * signal's reason where it is aborted before its turn.
   */
  alone<T>(signal: AbortSignal, work: (runner: Runner) => Promise<T>): Promise<T> {
    return this.#apart.run(signal, async () => {
      const runner = new Runner({ ...this.#options, concurrency: 1 });
      return work(runner).finally(() => runner.close());
    });
  }

  /** Run one stage as `run` does, but in a process that has the memory to itself, as far as no other job is at work. */
  runApart(task: StageTask, options: RunOptions): Promise<StageResult> {
    return this.alone(options.signal, async (own) => {
      if (this.#child) await this.#retire(this.#child);
      return own.run(task, options);
    });
  }

  /** Let the child go, and what still runs in it. Resolves once it has ended. */
  async close(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    for (const { reject } of this.#takeAll(child)) reject(new RunnerTakenDown());
    await end(child);
  }

  #start(): ChildProcess {
    const child = fork(this.#options.child ?? CHILD, [String(this.#options.concurrency)], {
      serialization: 'advanced',
      env: runnerEnvironment(),
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
    if (message.type === 'preview') return running.onPreview?.(message.webp);
    if (message.type === 'checkpoint') return void this.#saveCheckpoint(running, message.checkpoint);
    const { outcome } = message;
    this.#take(message.taskId);
    if (outcome.ok) return running.resolve(outcome.result);
    running.reject(running.refusal ?? this.#toError(outcome.failure, running.task));
    void this.#retire(child);
  }

  async #saveCheckpoint(running: Running, checkpoint: Checkpoint): Promise<void> {
    try {
      await running.onCheckpoint(checkpoint);
    } catch (error) {
      running.refusal = error as Error;
    }
    const { task, child, refusal } = running;
    if (!this.#running.has(task.id)) return;
    running.stuckTimer.refresh();
    const answer = { failure: refusal ? toFailure(refusal) : null };
    child.send({ type: 'checkpoint_answer', taskId: task.id, answer } satisfies ToRunner);
  }

  /** What stages left in memory goes with their process, as soon as nobody is in it. Resolves once it has ended. */
  async #retire(child: ChildProcess): Promise<void> {
    if ([...this.#running.values()].some((running) => running.child === child)) return;
    if (this.#child === child) this.#child = undefined;
    await end(child);
  }

  #toError(failure: Failure, task: StageTask): AppError {
    const { code, message, detail } = failure;
    if (code !== 'cancelled')
      this.#options.log.error({ jobId: task.jobId, stage: task.stage, detail }, message);
    return fromFailure(failure);
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
    for (const { reject } of lost) reject(new RunnerDied(lost.length - 1, adviceOn(signal)));
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

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function adviceOn(signal: string | null): string {
  return signal === 'SIGKILL'
    ? 'The machine may have run out of memory: try a smaller picture, or fewer jobs at once.'
    : 'Try again; if it happens each time, the model and this machine may not fit together.';
}
