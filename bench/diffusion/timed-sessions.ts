import type { Session, SessionCache } from '#worker/engines/onnx/sessions';

/** Milliseconds that were spent with networks, so far. */
export interface Spent {
  runMs: number;
  /** Reading graphs and weights, and making sessions of them. */
  openMs: number;
  runs: number;
}

/** The sessions of a cache, with a clock on each run and each opening. */
export function timedSessions(sessions: SessionCache): { timed: SessionCache; spent: Spent } {
  const spent: Spent = { runMs: 0, openMs: 0, runs: 0 };
  const clocks = new WeakMap<Session, Session>();
  const timed: SessionCache = {
    ...sessions,
    async open(model, network) {
      const startedAt = performance.now();
      const session = await sessions.open(model, network);
      spent.openMs += performance.now() - startedAt;
      const clocked = clocks.get(session) ?? onTheClock(session, spent);
      clocks.set(session, clocked);
      return clocked;
    },
  };
  return { timed, spent };
}

function onTheClock(session: Session, spent: Spent): Session {
  const run = async (...given: Parameters<Session['run']>) => {
    const startedAt = performance.now();
    const outputs = await session.run(...given);
    spent.runMs += performance.now() - startedAt;
    spent.runs += 1;
    return outputs;
  };
  return Object.create(session, { run: { value: run } }) as Session;
}
