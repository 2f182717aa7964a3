import { operation } from '../operation.ts';

export const getMetrics = operation({
  id: 'getMetrics',
  method: 'GET',
  path: '/metrics',
  chapter: 'Operation',
  summary: 'How the queue, the workers and this web process do, for Prometheus',
  description:
    'For administrators: an API key with the scope `admin`, which Prometheus sends as its bearer token, or the session ' +
    'of one. Each web process measures its own requests; the rest is the same from all of them.',
  access: 'admin',
  budget: 'none',
  answers: {
    200: { description: 'The metrics', contentTypes: ['text/plain'] },
  },
});
