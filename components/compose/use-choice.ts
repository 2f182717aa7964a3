'use client';

import { useState } from 'react';
import { AUTO, chosenModel, isChosenByPrompt } from './model-choice.ts';
import { paramsWith, type PipelineForm, PROMPT } from './param-schema.ts';

/** What is to be made, and by which model. */
export type Choice = ReturnType<typeof useChoice>;

/**
 * What is to be made, by which model, and the parameters that leaves. Each pipeline remembers its model.
 * @param given what of the form decides on the model, where none is named
 */
export function useChoice(
  pipelines: readonly PipelineForm[],
  given: { hasEnd: boolean; hasPrompt: boolean },
) {
  const [pipelineId, choosePipeline] = useState(pipelines[0]!.id);
  const [modelIds, setModelIds] = useState<Readonly<Record<string, string>>>({});
  const pipeline = pipelines.find(({ id }) => id === pipelineId)!;
  const { models } = pipeline;
  const modelId = modelIds[pipelineId] ?? AUTO;
  const endImage = given.hasEnd && pipeline.endPhoto !== null;
  const hints = { endImage, prompt: given.hasPrompt && PROMPT in pipeline.params };
  const model = chosenModel(models, modelId, hints);
  const isAsked = modelId === AUTO && isChosenByPrompt(models, hints);
  return {
    pipeline,
    choosePipeline,
    /** As the form names it. */
    modelId,
    chooseModel: (id: string) => setModelIds({ ...modelIds, [pipelineId]: id }),
    model,
    /** The one that is taken where none is named. */
    automatic: chosenModel(models, AUTO, hints),
    params: paramsWith(pipeline, model, isAsked ? [PROMPT] : []),
  };
}
