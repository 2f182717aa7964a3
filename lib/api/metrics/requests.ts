import { Histogram } from 'prom-client';
import { registry } from './registry.ts';

const durations = new Histogram({
  name: 'multiplane_http_request_duration_seconds',
  help: 'Until an answer begins, by operation and class of status.',
  labelNames: ['operation', 'status'] as const,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
  registers: [registry],
});

/** Measure how long an operation takes to answer, and how it does. */
export async function measured(operation: string, answer: () => Promise<Response>): Promise<Response> {
  const end = durations.startTimer({ operation });
  const response = await answer();
  end({ status: `${Math.floor(response.status / 100)}xx` });
  return response;
}
