import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session, SessionCache } from '#worker/engines/onnx/sessions';
import type { NetworkEvent, TracedTensor } from './trace.ts';

type Feeds = Parameters<Session['run']>[0];
type Fed = Feeds[string];

/**
 * The sessions of a cache, which note down what they are run with. Of a network that works with floats the first
 * tensors of each shape are kept, since its time does not hang on their values; of one that works with bytes all are.
 */
export function recordingSessions(sessions: SessionCache, folder: string) {
  const networks: NetworkEvent[] = [];
  const kept = new Map<string, string>();
  const keep = (key: string, { type, dims, data }: Fed): TracedTensor => {
    const isOfShape = type === 'float32';
    const name = isOfShape ? `${key} ${dims.join('x')}` : `${key} ${kept.size}`;
    let file = kept.get(name);
    if (file === undefined) {
      file = `tensor-${kept.size}`;
      kept.set(name, file);
      const bytes = data as Uint8Array;
      writeFileSync(join(folder, file), new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    }
    return { type: isOfShape ? 'float32' : 'uint8', dims, file };
  };
  const recorded: SessionCache = {
    ...sessions,
    async open(model, network) {
      const session = await sessions.open(model, network);
      return Object.create(session, {
        run: {
          value: (feeds: Feeds, ...rest: []) => {
            const traced = Object.entries(feeds).map(([name, fed]) => [
              name,
              keep(`${model} ${network} ${name}`, fed),
            ]);
            networks.push({ act: 'run', model, network: network ?? null, feeds: Object.fromEntries(traced) });
            return session.run(feeds, ...rest);
          },
        },
      }) as Session;
    },
    async release() {
      networks.push({ act: 'release' });
      await sessions.release();
    },
  };
  return { sessions: recorded, networks };
}
