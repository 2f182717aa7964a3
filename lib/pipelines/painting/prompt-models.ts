import { formatBytes } from '#lib/core/format-bytes';
import { type Machine, obstacleTo, ownMachine } from '#lib/models/availability';
import { bytesToFetch } from '#lib/models/download-plan';
import type { Model } from '#lib/models/model';
import { fittingModels } from '#lib/models/selection';
import { isDownloadable, isPresent } from '#lib/models/weights';

/** The models that paint a photo after a prompt, the best first. */
function promptModels(): Model[] {
  return fittingModels({ task: 'style', pipeline: 'painterly' }).filter(({ repaints }) => repaints);
}

/** The best of them that a machine has and can hold. */
export function promptModel(machine: Machine = ownMachine()): Model | undefined {
  return promptModels().find((model) => {
    return isPresent(machine.weightsDir, model) && obstacleTo(model, machine) === null;
  });
}

/** What a machine lacks to paint after a prompt, in whole sentences; null where it lacks nothing. */
export function promptLack(machine: Machine = ownMachine()): string | null {
  const model = promptModels().find(isDownloadable);
  if (!model || promptModel(machine)) return null;
  const obstacle = obstacleTo(model, machine);
  if (obstacle) return `${model.title} paints after a prompt. ${obstacle.message}`;
  const size = formatBytes(bytesToFetch(machine.weightsDir, model));
  return (
    `${model.title} paints after a prompt; ${size} of weights for it are not on this machine yet. ` +
    `Fetch them with: npm run -s multiplane -- models download ${model.id}`
  );
}
