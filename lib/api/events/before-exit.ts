const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

const endings = new Set<() => void>();

function endAll(): void {
  for (const end of endings) end();
}

/**
 * Have something ended when the process is asked to leave: Next waits for all that is under way, and an event stream is
 * that for as long as its job is. Until the returned function is called.
 */
export function endBeforeExit(end: () => void): () => void {
  if (endings.size === 0) for (const signal of SIGNALS) process.on(signal, endAll);
  endings.add(end);
  return () => {
    const wasThere = endings.delete(end);
    if (wasThere && endings.size === 0) for (const signal of SIGNALS) process.off(signal, endAll);
  };
}
