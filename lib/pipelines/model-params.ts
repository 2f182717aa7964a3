import type { Range } from '#lib/models/generation';

/** What a parameter can be with one model, where that is not what it can be in the pipeline. Named as in JSON Schema. */
export interface OwnRule {
  /** What it is taken for where it is left out; words where that hangs on something else. */
  usual?: number | string;
  minimum?: number;
  maximum?: number;
  /** From one value to the next, beginning at the least. */
  step?: number;
  enum?: readonly (string | number)[];
  /** As the end of “steps is …”. */
  rule?: string;
}

/** What a model makes of a pipeline's parameters. */
export interface ModelParams {
  /** Names of those that it makes no use of. */
  unused: readonly string[];
  /** By name. */
  own: Readonly<Record<string, OwnRule>>;
}

/** A number that the model has bounds of its own for. */
export function rangeRule(range: Range): OwnRule {
  const { default: usual, min, max } = range;
  return { usual, minimum: min, maximum: max, rule: rangeWords(range) };
}

/** Bounds as the end of “steps is …”. */
export function rangeWords({ min, max }: Range): string {
  return `from ${min} to ${max}`;
}

/** A choice of which the model takes a part. The first is taken where none is named. */
export function choiceRule(names: readonly [string, ...string[]]): OwnRule {
  return { usual: names[0], enum: names };
}
