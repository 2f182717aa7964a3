import type { ModelParams } from '#lib/pipelines/model-params';

/** A model that a person may choose. */
export interface ModelOption extends ModelParams {
  id: string;
  title: string;
  /** Why it cannot be run where the studio is, and what to do about that; null where it can. */
  obstacle: { message: string; suggestion: string | null } | null;
  /** What has to be fetched before it runs, in words. */
  toFetch: string | null;
  /** What it does with a picture to end on. */
  endImage: 'unused' | 'optional' | 'required';
}

/** What of a request decides on its model, where none is named. */
export interface ModelHints {
  endImage: boolean;
  prompt: boolean;
}

export interface ModelChoice {
  /** The best first. */
  options: readonly ModelOption[];
  /** For all hints there can be, the model that is taken where none is named; null where none is there yet. */
  auto: readonly (ModelHints & { modelId: string | null })[];
}

/** Asks for the model that is taken where none is named. */
export const AUTO = 'auto';

/** The model that a choice stands for, as far as that is known beforehand. */
export function chosenModel(models: ModelChoice, choice: string, hints: ModelHints): ModelOption | undefined {
  const id = choice === AUTO ? automaticId(models, hints) : choice;
  return models.options.find((option) => option.id === id);
}

/** Whether it makes a difference to `auto` that there is a prompt, so that there has to be a place for one. */
export function isChosenByPrompt(models: ModelChoice, { endImage }: Pick<ModelHints, 'endImage'>): boolean {
  const [without, having] = [false, true].map((prompt) => automaticId(models, { endImage, prompt }));
  return without !== having;
}

function automaticId({ auto }: ModelChoice, { endImage, prompt }: ModelHints): string | null {
  return auto.find((one) => one.endImage === endImage && one.prompt === prompt)?.modelId ?? null;
}
