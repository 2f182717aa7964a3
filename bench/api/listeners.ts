import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';

/** Clients that hear what becomes of a job. */
export class Listeners {
  readonly #requests: ClientRequest[] = [];
  /** Bytes that have come to all of them. */
  received = 0;
  /** How many have been cut off. */
  lost = 0;

  /** Add one, and wait until it has the beginning. */
  async add(url: string, key: string): Promise<void> {
    const request = get(url, { headers: { 'X-API-Key': key }, agent: false });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`A listener was answered ${answer.statusCode}.`);
    request.on('error', () => undefined);
    answer.on('error', () => undefined);
    answer.on('close', () => (this.lost += 1));
    answer.on('data', (chunk: Buffer) => (this.received += chunk.length));
    await once(answer, 'data');
    this.#requests.push(request);
  }

  close(): void {
    for (const request of this.#requests) request.destroy();
  }
}
