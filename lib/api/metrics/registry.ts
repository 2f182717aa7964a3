import { Registry } from 'prom-client';

/** What this web process measures of itself and, when it is asked, of the queue. */
export const registry = new Registry();
