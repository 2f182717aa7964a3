import { AppError } from '#lib/core/errors';
import { formatBytes } from '#lib/core/format-bytes';

/**
 * The body as chunks, until more than `maxBytes` have come. Whoever stops early has the rest still to `drain`. Throws
 * AppError `payload_too_large`, before anything is read where the caller announces too much, and `bad_request` where
 * the connection breaks off or the caller has gone.
 */
export async function* limitedBody(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw bodyTooLarge(maxBytes);
  const reader = request.body?.getReader();
  if (!reader) return;
  const { signal } = request;
  const stop = () => void reader.cancel().catch(goneAway);
  signal.addEventListener('abort', stop);
  try {
    let received = 0;
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw brokenOff(cause);
      });
      if (signal.aborted) throw brokenOff();
      if (done) return;
      received += value.byteLength;
      if (received > maxBytes) throw bodyTooLarge(maxBytes);
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    reader.releaseLock();
  }
}

/** A whole small body as text. Throws the same. */
export async function limitedText(request: Request, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limitedBody(request, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Let go of what is left of a body that was refused. What is still on its way is read for as long as it stays below
 * `maxBytes`, because a client that is cut off while it sends may never see the answer.
 */
export async function drain(request: Request, maxBytes: number): Promise<void> {
  if (request.body) await drainReader(request.body.getReader(), maxBytes).catch(goneAway);
}

async function drainReader(reader: ReadableStreamDefaultReader<Uint8Array>, maxBytes: number): Promise<void> {
  for (let left = maxBytes; left > 0;) {
    const { done, value } = await reader.read();
    if (done) return;
    left -= value.byteLength;
  }
  await reader.cancel();
}

/** There is nobody left to answer, which is no trouble of ours. */
function goneAway(): void {}

/** The sender is gone, whoever noticed it first. */
export function brokenOff(cause?: unknown): AppError {
  return new AppError('bad_request', 'The request broke off.', { cause });
}

function bodyTooLarge(maxBytes: number): AppError {
  return new AppError('payload_too_large', `The request is larger than ${formatBytes(maxBytes)}.`);
}
