import type { FieldError } from '#lib/core/errors';

/** What is said of an error: an AppError, or something that only HTTP knows, such as 405. */
export interface Problem {
  status: number;
  code: string;
  message: string;
  suggestion?: string | undefined;
  fields?: FieldError[];
  retryAfterMs?: number | undefined;
  headers?: Record<string, string>;
}

/** An error that only HTTP knows, with what its answer adds to the headers. */
export class HttpProblem extends Error implements Problem {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'HttpProblem';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** What an error may add to the headers of its answer. */
const HEADERS: Record<string, Record<string, string>> = {
  unauthenticated: { 'WWW-Authenticate': 'Bearer' },
  unavailable: { 'Retry-After': '1' },
};

/** An error as `application/problem+json` (RFC 9457). The cause is not in it. */
export function problemResponse(problem: Problem, requestId: string): Response {
  const { status, code, message, suggestion, fields = [], retryAfterMs, headers } = problem;
  const body = {
    type: `urn:multiplane:problem:${code}`,
    title: titleOf(code),
    status,
    detail: message,
    code,
    request_id: requestId,
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(fields.length === 0 ? {} : { errors: fields }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...HEADERS[code],
      ...(retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) }),
      ...headers,
      'Content-Type': 'application/problem+json',
    },
  });
}

function titleOf(code: string): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
