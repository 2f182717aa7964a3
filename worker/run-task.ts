import type { Settings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { asPlaced } from '#lib/models/weights';
import type { StageResult, StageTask } from './runner/messages.ts';
import type { RunOptions, Runner } from './runner/runner.ts';

type Sizing = Pick<Settings, 'weightsDir' | 'largeModelBytes'>;

/**
 * Run a stage in the runner, where what it has loaded is still there for the next one; with a large model in a process of
 * its own, so that the memory of one stage is back before the next begins. Throws as `Runner.run` does.
 */
export function runTask(
  runner: Runner,
  settings: Sizing,
  task: StageTask,
  options: RunOptions,
): Promise<StageResult> {
  const isLarge = task.models.some((id) => memoryNeed(id, settings) > settings.largeModelBytes);
  return isLarge ? runner.runApart(task, options) : runner.run(task, options);
}

/** Bytes that the largest stage of a model takes; 0 where that is not told, and little. */
function memoryNeed(id: string, { weightsDir }: Sizing): number {
  const model = findModel(id);
  return (model && (asPlaced(weightsDir, model) ?? model).memoryBytes) ?? 0;
}
