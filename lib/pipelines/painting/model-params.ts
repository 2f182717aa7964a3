import type { Model } from '#lib/models/model';
import { choiceRule, type ModelParams, rangeRule } from '../model-params.ts';
import { paintingParams } from '../params/painting.ts';

/** What only models that read a prompt go by, and what only those do that have styles. */
export const PROMPTED = Object.keys(paintingParams);
export const STYLED = ['style'];

/** What a model makes of the parameters of a painting. */
export function paintingParamsWith({ repaints }: Model): ModelParams {
  if (!repaints) return { unused: PROMPTED, own: {} };
  const { steps, guidance, schedulers } = repaints;
  const own = {
    steps: rangeRule(steps),
    guidance: rangeRule(guidance),
    scheduler: choiceRule(schedulers),
  };
  return { unused: STYLED, own };
}
