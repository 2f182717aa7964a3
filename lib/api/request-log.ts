import { type Caller, keyIdOf } from '#lib/auth/caller';
import { webLog } from '#lib/config/web-log';

/** What becomes known of a request while it is answered. */
interface Noted {
  caller?: Caller;
  /** Logged only where the operator wants prompts in the log. */
  prompt?: string | undefined;
}

const notes = new WeakMap<Request, Noted>();

/** Keep something in mind for the line that is logged of a request. */
export function noteForLog(request: Request, noted: Noted): void {
  notes.set(request, { ...notes.get(request), ...noted });
}

/**
 * Log one line of a request that has been answered: nothing of its query, its headers or its body. What the dashboard
 * reads, which is something every second, is for whoever looks closely (`debug`).
 * @param ms until the answer began
 */
export function logRequest(request: Request, { status }: Response, requestId: string, ms: number): void {
  const { caller, prompt } = notes.get(request) ?? {};
  const bySession = caller !== undefined && 'session' in caller.via;
  const line = {
    requestId,
    method: request.method,
    path: new URL(request.url).pathname,
    status,
    ms: Math.round(ms),
    actorId: caller?.actor.userId,
    keyId: caller && keyIdOf(caller),
    prompt,
  };
  const isRoutine = bySession && request.method === 'GET' && status < 400;
  webLog()[isRoutine ? 'debug' : 'info'](line, 'request');
}
