import { ACTS, type Actor } from './acts.ts';
import type { OpenQueue } from './contender.ts';

/* `tsx bench/queue/host.ts MODULE FOLDER`: a contender in a process of its own, which does as it is asked. */

export interface Request {
  id: number;
  act: keyof typeof ACTS;
  args: number[];
}

export type Message = { id: number; result: unknown } | { startedAt: number };

const PAYLOAD = { image: 'photo.jpg', num_layers: 4 };

const [module, folder] = process.argv.slice(2);
const { open } = (await import(new URL(`../${module}`, import.meta.url).href)) as { open: OpenQueue };
const actor: Actor = {
  queue: await open(folder!, { payload: PAYLOAD, run: () => Promise.resolve() }),
  announceStart: (startedAt) => send({ startedAt }),
};

process.on('disconnect', () => process.exit());
process.on('message', async ({ id, act, args }: Request) => {
  const perform = ACTS[act] as (...all: unknown[]) => Promise<unknown>;
  send({ id, result: await perform(actor, ...args) });
});
send({ id: 0, result: 'open' });

function send(message: Message): void {
  process.send!(message);
}
