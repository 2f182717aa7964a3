import { join } from 'node:path';
import type { ModelIndex } from '#lib/models/contract/model-index';
import { cleanPrompt } from '#worker/diffusion/text/clean-prompt';
import { openVideoGraphs } from '#worker/diffusion/graphs/open-video-graphs';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { floatRecord, writeFloats } from '../float-file.ts';
import { modelFor } from '../model.ts';
import { isGuided, requestOf } from './request.ts';
import { openTokenizer } from './tokenizer.ts';

export const PROMPT_FILE = 'prompt.f32';
export const NEGATIVE_FILE = 'negative.f32';

/**
 * What the text encoder makes of the prompt, and of the negative one where the request is guided. Writes `prompt.f32` and
 * `negative.f32`, each [tokens, width].
 */
export async function encodePrompts(context: StageContext): Promise<WrittenFile[]> {
  const { sessions, outDir } = context;
  const request = requestOf(context);
  const modelId = modelFor(context, 'video');
  const graphs = await openVideoGraphs(sessions, modelId);
  const tokenize = await openTokenizer(sessions.weightsDir, modelId, graphs.index);
  const texts: [file: string, text: string][] = [[PROMPT_FILE, request.prompt ?? '']];
  if (isGuided(request)) texts.push([NEGATIVE_FILE, request.negative_prompt ?? '']);
  for (const [done, [name, text]] of texts.entries()) {
    context.progress(done, texts.length);
    const tokens = tokenize(cleanPrompt(text));
    if (tokens.mask.at(-1) !== 0n) context.warn(sayCut(graphs.index));
    await writeFloats(join(outDir, name), await graphs.encodeText(tokens));
  }
  return texts.map(([name]) => floatRecord(name));
}

/** A text that fills all there is room for has most likely been cut. */
function sayCut({ title, tokenizer }: ModelIndex): string {
  return `${title} reads ${tokenizer.length} tokens of a prompt: what came after them in yours changed nothing.`;
}
