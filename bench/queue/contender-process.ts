import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ACTS } from './acts.ts';
import type { Contender } from './contender.ts';
import type { Message, Request } from './host.ts';

const HOST = fileURLToPath(new URL('host.ts', import.meta.url));

type Act = keyof typeof ACTS;
type Asked<Name extends Act> =
  Parameters<(typeof ACTS)[Name]> extends [unknown, ...infer Rest extends number[]] ? Rest : [];
type Answer<Name extends Act> = Awaited<ReturnType<(typeof ACTS)[Name]>>;

/** A contender in a process of its own (host.ts), with its queue open in a folder. */
export class ContenderProcess {
  readonly #child: ChildProcess;
  readonly #heard = new EventEmitter();
  readonly #gone: Promise<never>;
  #asked = 0;

  static async start(contender: Contender, folder: string): Promise<ContenderProcess> {
    const started = new ContenderProcess(contender, folder);
    await started.#next('0');
    return started;
  }

  private constructor({ name, module }: Contender, folder: string) {
    this.#child = fork(HOST, [module, folder], { execArgv: ['--import', 'tsx'] });
    this.#gone = once(this.#child, 'exit').then(() => Promise.reject(new Error(`${name} broke off.`)));
    this.#gone.catch(() => undefined);
    this.#child.on('message', (message: Message) => {
      if ('startedAt' in message) this.#heard.emit('start', message.startedAt);
      else this.#heard.emit(String(message.id), message.result);
    });
  }

  /** Have it do something, and wait for what comes of it. Throws where its process ends instead. */
  async ask<Name extends Act>(act: Name, ...args: Asked<Name>): Promise<Answer<Name>> {
    const request: Request = { id: ++this.#asked, act, args };
    this.#child.send(request);
    return this.#next(String(request.id)) as Promise<Answer<Name>>;
  }

  /** The moment at which the next job starts to run there. */
  nextStart(): Promise<number> {
    return this.#next('start') as Promise<number>;
  }

  async stop(): Promise<void> {
    this.#child.disconnect();
    await this.#gone.catch(() => undefined);
  }

  async #next(event: string): Promise<unknown> {
    const [value] = await Promise.race([once(this.#heard, event), this.#gone]);
    return value;
  }
}
