import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';

/*
 * A runner that computes nothing: it does with each stage what the job's params say under the stage's name, `write` (the
 * default), `hang` (until it is cancelled), `ignore` (even then), `crash`, `alone` (`write` in a process for one
 * stage at a time, else `hang`), `save` (a checkpoint, then `write` if that is
 * saved), `show` (a preview, then `hang`), `warn` (`write` with a warning), or the code of an error to fail with.
 */

const hanging = new Map();
const saving = new Map();

process.on('message', (message) => {
  if (message.type === 'run') run(message.task);
  else if (message.type === 'cancel') cancel(message.taskId);
  else goOn(message.taskId, message.answer);
});
process.on('disconnect', () => process.exit());

function run(task) {
  const wish = wishOf(task);
  if (wish === 'crash') process.exit(1);
  process.send({ type: 'progress', taskId: task.id, progress: { step: 1, steps: 2 } });
  if (wish === 'hang' || wish === 'ignore') hanging.set(task.id, wish);
  else if (wish === 'show') show(task);
  else if (wish === 'save') save(task);
  else if (wish === 'write') answer(task.id, { ok: true, result: write(task) });
  else if (wish === 'warn') answer(task.id, { ok: true, result: { ...write(task), ...warning(task) } });
  else answer(task.id, failure(wish));
}

function wishOf({ params, stage }) {
  const wish = params[stage] ?? 'write';
  if (wish !== 'alone') return wish;
  return process.argv[2] === '1' ? 'write' : 'hang';
}

function cancel(taskId) {
  if (hanging.get(taskId) === 'hang') answer(taskId, failure('cancelled'));
}

function show(task) {
  process.send({ type: 'preview', taskId: task.id, webp: Buffer.from(`preview of ${task.stage}`) });
  hanging.set(task.id, 'hang');
}

function warning({ stage }) {
  return { warnings: [`Mind the ${stage}.`, 'Mind this.'] };
}

function save(task) {
  saving.set(task.id, task);
  const checkpoint = { sequence: 1, state: task.stage, files: [], elapsedMs: 1 };
  process.send({ type: 'checkpoint', taskId: task.id, checkpoint });
}

function goOn(taskId, { failure }) {
  answer(taskId, failure ? { ok: false, failure } : { ok: true, result: write(saving.get(taskId)) });
}

function write(task) {
  mkdirSync(task.outDir, { recursive: true });
  writeFileSync(`${task.outDir}/${task.stage}.txt`, task.stage);
  const sha256 = createHash('sha256').update(task.stage).digest('hex');
  const file = {
    name: `${task.stage}.txt`,
    role: 'text',
    contentType: 'text/plain',
    width: null,
    height: null,
  };
  return {
    files: [{ ...file, sizeBytes: task.stage.length, sha256 }],
    elapsedMs: 1,
    warnings: [],
    models: [],
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
