import { settings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import type { Model } from '#lib/models/model';
import { AUTO, fittingModels } from '#lib/models/selection';
import { settledModel } from '../../models.ts';
import type { PipelineDeclaration } from '../../pipeline.ts';
import { findPipeline } from '../../registry.ts';
import { fieldError, refuse } from '../../submission/field-errors.ts';
import { askEndpoint, type EndpointAsk, EndpointFailure } from './by-endpoint.ts';
import { type Addition, completeByRules } from './by-rules.ts';
import { mentions, readWords } from './reading.ts';
import { PIPELINE_SLOTS, type PromptedPipeline } from './slots.ts';
import { type Style, STYLE_WORDS, STYLES } from './styles.ts';
import { type Offer, offersOf } from './vocabulary.ts';
import { type World, worldOf } from './worlds.ts';

/** A prompt that is to be made better, sound in itself. */
export interface EnhanceRequest {
  prompt: string;
  pipeline: PromptedPipeline;
  model: string;
  style?: Style | undefined;
  seed: number;
}

/** A better prompt. */
export interface Enhancement {
  prompt: string;
  original: string;
  /** What the rules added; empty for an endpoint's, which says not what it changed. */
  additions: Addition[];
  source: 'rules' | 'endpoint';
  /** Whole sentences. */
  warnings: string[];
}

/** The pipelines that a prompt can be made better for. */
export const PROMPTED_PIPELINES = Object.keys(PIPELINE_SLOTS) as PromptedPipeline[];

/**
 * A prompt completed with what it leaves open: by the operator's endpoint where there is one, else, and where that fails,
 * by the rules of docs/prompts.md. Throws AppError `validation_failed` for a model that the pipeline does not have.
 */
export async function enhancePrompt(request: EnhanceRequest): Promise<Enhancement> {
  const pipeline = findPipeline(request.pipeline)!;
  const model = modelOf(pipeline, request.model);
  const style = request.style ?? styleOf(request);
  const { world, warnings } = understandingOf(pipeline, model);
  const offers = world?.offers ?? offersOf(request.pipeline, style);
  const words = world ? offers.flatMap(({ phrases }) => phrases.map(({ text }) => text)) : [];
  const ask = { prompt: request.prompt, purpose: pipeline.title, style, words, seed: request.seed };
  const enhanced = await enhance(ask, offers);
  return { ...enhanced, warnings: [...warnings, ...enhanced.warnings] };
}

async function enhance(ask: EndpointAsk, offers: readonly Offer[]): Promise<Enhancement> {
  const { prompt: original, seed } = ask;
  const endpoint = settings().enhance;
  const warnings: string[] = [];
  try {
    if (endpoint) return toEnhancement(original, await askEndpoint(endpoint, ask));
  } catch (error) {
    if (!(error instanceof EndpointFailure)) throw error;
    warnings.push(`The endpoint for better prompts ${error.message}, so the prompt was completed by rules.`);
  }
  const completed = completeByRules(original, offers, seed);
  return { ...completed, original, source: 'rules', warnings: [...warnings, ...completed.warnings] };
}

function toEnhancement(original: string, prompt: string): Enhancement {
  const warnings = prompt.includes(original) ? [] : ['The endpoint changed the words that were given.'];
  return { prompt, original, additions: [], source: 'endpoint', warnings };
}

/** What the model that would run understands of a prompt, and what is to be said of that. */
function understandingOf(
  { images, paramsWith }: PipelineDeclaration,
  model: Model | undefined,
): { world: World | null; warnings: string[] } {
  if (!model) return { world: null, warnings: [] };
  if (paramsWith?.(model).unused.includes('prompt')) {
    return { world: null, warnings: ['The model that would run reads no prompt; name one that does.'] };
  }
  const world = worldOf(model, images.length > 0);
  return { world, warnings: world ? [world.warning] : [] };
}

/** The model that would run; undefined where that is settled by what a worker has. */
function modelOf(pipeline: PipelineDeclaration, given: string): Model | undefined {
  const { id, modelTask: task, title } = pipeline;
  const model = findModel(settledModel(pipeline, given, { endImage: false, prompt: true }));
  const fitting = task === null ? [] : fittingModels({ task, pipeline: id });
  if (given === AUTO || (model && fitting.includes(model))) return model;
  const allowed = [AUTO, ...fitting.map((one) => one.id)];
  throw refuse([fieldError('model', 'unknown', `${title} has no such model.`, allowed)]);
}

/** The style that a prompt names itself, or else what its pipeline is for. */
function styleOf({ prompt, pipeline }: EnhanceRequest): Style {
  const { said } = readWords(prompt);
  const named = STYLES.find((style) => mentions(said, STYLE_WORDS[style]));
  return named ?? (pipeline === 'painterly' ? 'painted' : 'natural');
}
