import { mkdirSync, writeFileSync } from 'node:fs';

/*
 * A runner that computes nothing: it does with each stage what the job's params say under the stage's name, `write` (the
 * default), `hang` (until it is cancelled), `ignore` (even then), `crash`, or the code of an error to fail with.
 */

const hanging = new Map();

process.on('message', (message) => {
  if (message.type === 'run') run(message.task);
  else cancel(message.taskId);
});
process.on('disconnect', () => process.exit());

function run(task) {
  const wish = task.params[task.stage] ?? 'write';
  if (wish === 'crash') process.exit(1);
  process.send({ type: 'progress', taskId: task.id, progress: { step: 1, steps: 2 } });
  if (wish === 'hang' || wish === 'ignore') hanging.set(task.id, wish);
  else if (wish === 'write') answer(task.id, { ok: true, result: write(task) });
  else answer(task.id, failure(wish));
}

function cancel(taskId) {
  if (hanging.get(taskId) === 'hang') answer(taskId, failure('cancelled'));
}

function write(task) {
  mkdirSync(task.outDir, { recursive: true });
  writeFileSync(`${task.outDir}/${task.stage}.txt`, task.stage);
  const file = {
    name: `${task.stage}.txt`,
    role: 'text',
    contentType: 'text/plain',
    width: null,
    height: null,
  };
  return {
    files: [{ ...file, sizeBytes: task.stage.length, sha256: '-' }],
    elapsedMs: 1,
    peakMemoryBytes: 1,
  };
}

function failure(code) {
  return {
    ok: false,
    failure: { code, message: `It was told to: ${code}.`, suggestion: undefined, detail: '-' },
  };
}

function answer(taskId, outcome) {
  process.send({ type: 'outcome', taskId, outcome });
}
