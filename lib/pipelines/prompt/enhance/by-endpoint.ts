import { z } from 'zod';
import type { EnhanceEndpoint } from '#lib/config/web';
import { LONGEST_PROMPT } from './by-rules.ts';

/** How long an endpoint may take, and how much it may send. */
const TIME_LIMIT_MS = 10_000;
const MOST_ANSWER_BYTES = 64 * 1024;
const SHORTEST_PROMPT = 3;

/** What an endpoint is told of a prompt that is to be made better. */
export interface EndpointAsk {
  prompt: string;
  /** What is made of it, and in which manner; in words. */
  purpose: string;
  style: string;
  /** The phrases to keep to, where the model that reads the prompt knows few words. */
  words: readonly string[];
  seed: number;
}

/** Why an endpoint's answer cannot be used; the message is a part of a sentence, and says nothing of address or key. */
export class EndpointFailure extends Error {
  override name = 'EndpointFailure';
}

const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/**
 * A better prompt by an OpenAI-compatible endpoint (`chat/completions`): one line of 3 to 1000 characters. Throws
 * EndpointFailure where it does not answer so, in time.
 */
export async function askEndpoint(
  endpoint: EnhanceEndpoint,
  ask: EndpointAsk,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<string> {
  const signal = AbortSignal.timeout(timeLimitMs);
  const text = await fetchAnswer(endpoint, ask, signal).catch((error: unknown) => {
    if (error instanceof EndpointFailure) throw error;
    throw new EndpointFailure(signal.aborted ? 'did not answer in time' : 'could not be reached', {
      cause: error,
    });
  });
  return toPrompt(contentOf(text));
}

async function fetchAnswer(
  { url, key, model }: EnhanceEndpoint,
  ask: EndpointAsk,
  signal: AbortSignal,
): Promise<string> {
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(key && { Authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ model, messages: messagesOf(ask), seed: ask.seed, stream: false }),
    redirect: 'error',
    signal,
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new EndpointFailure(`answered ${response.status}`);
  }
  return limitedText(response);
}

async function limitedText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of body ?? []) {
    received += chunk.byteLength;
    if (received > MOST_ANSWER_BYTES) throw new EndpointFailure('sent too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function messagesOf({ prompt, purpose, style, words }: EndpointAsk) {
  const keepTo = words.length > 0 ? ` Add nothing but phrases such as: ${words.join(', ')}.` : '';
  const rules =
    `You complete prompts for ${purpose}. Keep the words of the prompt as they are and in their order, and add to them ` +
    `what they leave open, in a ${style} style. Contradict nothing. Answer with the one completed prompt alone, in the ` +
    `language of the prompt, on one line, with no more than ${LONGEST_PROMPT - 200} characters.`;
  return [
    { role: 'system', content: rules + keepTo },
    { role: 'user', content: prompt },
  ];
}

function contentOf(text: string): string {
  let parsed;
  try {
    parsed = answerSchema.safeParse(JSON.parse(text));
  } catch {
    throw new EndpointFailure('sent something that is no answer');
  }
  if (!parsed.success) throw new EndpointFailure('sent something that is no answer');
  return parsed.data.choices[0]!.message.content;
}

/** One line without what models put around an answer: thoughts, a fence, a label, quotation marks. */
function toPrompt(content: string): string {
  const bare = content.replace(/^[^]*<\/think>/u, '').replaceAll(/^\s*```\w*\s*$/gmu, '');
  const line = bare.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  const prompt = line.replace(/^(enhanced |improved |completed )?prompt: /iu, '').replace(QUOTED, '$2');
  if (prompt.length < SHORTEST_PROMPT) throw new EndpointFailure('sent an empty prompt');
  if (prompt.length > LONGEST_PROMPT) throw new EndpointFailure('sent too long a prompt');
  return prompt;
}

const QUOTED = /^(["'“«`])(.*)["'”»`]$/u;
