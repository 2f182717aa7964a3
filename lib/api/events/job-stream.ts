import type { JobWatcher } from '#lib/jobs/watch/job-watcher';
import type { JobNow } from '#lib/jobs/watch/watched-jobs';
import { endBeforeExit } from './before-exit.ts';
import { eventsSince, isOver } from './job-events.ts';
import { eventIdOf, type Position } from './position.ts';
import { eventText, HEARTBEAT_TEXT, retryText } from './server-sent.ts';

export interface StreamOptions {
  watcher: JobWatcher;
  /** What its reader knows already; null for nothing. */
  known: Position | null;
  /** A comment is sent this often, so that a connection nobody is at any more is noticed. */
  heartbeatMs: number;
  /** Whether the reader may still read; asked at each heartbeat. */
  mayRead(): Promise<boolean>;
  /** Ends the stream. */
  signal: AbortSignal;
  /** Called once, when it has ended in whichever way. */
  onEnd(): void;
}

/** A client that was cut off comes back after this long. */
const RETRY_MS = 2_000;
/** Written without waiting for the reader. To one that is slower, only the latest is told once it has read those. */
const MOST_UNREAD = 16;

/** What becomes of a job as server-sent events: to its end, until its reader goes away, or may not read it any more. */
export function jobStream(start: JobNow, options: StreamOptions): ReadableStream<Uint8Array> {
  return new ReadableStream(new JobStreamSource(start, options), { highWaterMark: MOST_UNREAD });
}

class JobStreamSource implements UnderlyingDefaultSource<Uint8Array> {
  readonly #options: StreamOptions;
  readonly #encoder = new TextEncoder();
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #now: JobNow;
  #known: Position | null;
  #heartbeat: NodeJS.Timeout | undefined;
  #stops: (() => void)[] = [];

  constructor(start: JobNow, options: StreamOptions) {
    this.#options = options;
    this.#now = start;
    this.#known = options.known;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const { watcher, heartbeatMs, signal } = this.#options;
    this.#controller = controller;
    this.#stops = [
      watcher.watch(this.#now.job, (now) => this.#hear(now)),
      endBeforeExit(() => this.#close()),
    ];
    this.#heartbeat = setInterval(() => void this.#beat(), heartbeatMs);
    signal.addEventListener('abort', () => this.#close(), { once: true });
    this.#send(retryText(RETRY_MS));
    this.#tell();
    if (signal.aborted) this.#close();
  }

  pull(): void {
    this.#tell();
  }

  cancel(): void {
    this.#end();
  }

  #hear(now: JobNow | null): void {
    if (!now) return this.#close();
    this.#now = now;
    this.#tell();
  }

  #tell(): void {
    if (!this.#hasRoom()) return;
    const events = eventsSince(this.#known, this.#now);
    const texts = events.map(({ name, data, position }) =>
      eventText({ id: eventIdOf(position), name, data }),
    );
    // Before they are sent: that may ask for more at once.
    this.#known = events.at(-1)?.position ?? this.#known;
    if (events.length > 0) this.#send(texts.join(''));
    if (isOver(this.#now)) this.#close();
  }

  async #beat(): Promise<void> {
    if (this.#hasRoom()) this.#send(HEARTBEAT_TEXT);
    if (!(await this.#options.mayRead())) this.#close();
  }

  #hasRoom(): boolean {
    return this.#controller !== undefined && this.#controller.desiredSize! > 0;
  }

  #send(text: string): void {
    this.#controller?.enqueue(this.#encoder.encode(text));
  }

  #close(): void {
    this.#controller?.close();
    this.#end();
  }

  /** From here on, nothing is sent. */
  #end(): void {
    if (!this.#controller) return;
    this.#controller = undefined;
    clearInterval(this.#heartbeat);
    for (const stop of this.#stops) stop();
    this.#options.onEnd();
  }
}
