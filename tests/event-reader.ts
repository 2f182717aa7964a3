/** A server-sent event as a client has it; `comment` where it is one. */
export interface SentEvent {
  id?: string;
  event?: string;
  retry?: string;
  comment?: string;
  data?: unknown;
}

/** The events of an answer, one after the other, as they come. */
export async function* readEvents(answer: Response): AsyncGenerator<SentEvent, void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    yield* blocks.map(readBlock);
  }
  if (text !== '') throw new Error(`The stream broke off: ${text}`);
}

function readBlock(block: string): SentEvent {
  const event: Record<string, unknown> = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).trimStart();
    const name = colon === 0 ? 'comment' : line.slice(0, colon);
    event[name] = name === 'data' ? (JSON.parse(value) as unknown) : value;
  }
  return event;
}
