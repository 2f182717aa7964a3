import type { Settings } from '#lib/config/settings';
import { createLogger } from '#lib/core/logger';
import type { SingleResult, SingleRun } from '#worker/run-once';
import { progressLine } from './progress-line.ts';

/** Run a pipeline while the person at the terminal sees how far it is and what there is to say, and may interrupt it. */
export async function shownRun(
  run: Omit<SingleRun, 'signal' | 'onProgress' | 'onNote'>,
  settings: Settings,
): Promise<SingleResult> {
  const { runOnce } = await import('#worker/run-once');
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort('interrupted'));
  const line = progressLine();
  for (const warning of run.warnings) line.say(warning);
  const shown: SingleRun = {
    ...run,
    signal: stop.signal,
    onProgress: (progress) => line.update(progress.value, progress.message),
    onNote: (note) => line.say(note),
  };
  const result = await runOnce(shown, settings, createLogger('run', 'silent')).finally(() => line.end());
  for (const finding of result.warnings) line.say(finding);
  return result;
}
